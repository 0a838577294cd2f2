import { OpenOnDemand } from '../pad/OpenOnDemand.tsx';
import { OnDemand } from './OnDemand.tsx';

/** A pad is fetched when somebody wants to draw. */
const loadOwnPad = () => import('./OwnPad.tsx').then(({ OwnPad }) => OwnPad);

interface Props {
  /** Whether the reader has drawn something already. */
  hasDrawn: boolean;
  /** Called when a new drawing has been kept. */
  onTake?: () => void;
}

/** The way to a digit of the reader's own, on the page that wants one. */
export function DrawOwn({ hasDrawn, onTake = () => {} }: Props) {
  return (
    <OpenOnDemand summary={hasDrawn ? 'Draw another' : 'Draw the digit yourself'}>
      {() => <OnDemand load={loadOwnPad}>{(OwnPad) => <OwnPad onTake={onTake} />}</OnDemand>}
    </OpenOnDemand>
  );
}
