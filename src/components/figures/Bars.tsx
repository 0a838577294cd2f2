import './Bars.css';
import { BarTrack } from './BarTrack.tsx';
import { formatShare } from '../../explain/numbers.ts';

interface Props {
  /** One for each digit, or nothing yet. */
  probabilities: ArrayLike<number> | undefined;
  digit: number | undefined;
}

/** Ten probabilities as bars. */
export function Bars({ probabilities, digit }: Props) {
  return (
    <ol class="bars notranslate" aria-label="Probability of each digit">
      {Array.from({ length: 10 }, (_, k) => {
        const share = probabilities?.[k];
        return (
          <li key={k} class={k === digit ? 'bar bar-largest' : 'bar'}>
            <span class="bar-digit">{k}</span>
            <BarTrack share={share ?? 0} />
            <span class="bar-value">{share === undefined ? '–' : formatShare(share)}</span>
          </li>
        );
      })}
    </ol>
  );
}
