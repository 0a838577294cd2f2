import './controls.css';
import './TryAgain.css';
import { useState } from 'preact/hooks';

interface Props {
  /** What a figure says of what it could not have; nothing where it has all. */
  failure: string | undefined;
  /** Asks for it once more. */
  again: () => Promise<void>;
}

/** Beside what could not be fetched: a button that asks for it again, for as long as it is not there. */
export function TryAgain({ failure, again }: Props) {
  const [isTrying, setTrying] = useState(false);
  if (failure === undefined) return null;
  const ask = async () => {
    setTrying(true);
    await again();
    setTrying(false);
  };
  return (
    <button type="button" class="try-again" onClick={ask} aria-disabled={isTrying}>
      {isTrying ? 'Trying again…' : 'Try again'}
    </button>
  );
}
