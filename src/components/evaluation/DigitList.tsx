import '../figures/NetworkLook.css';
import './DigitList.css';
import { type Dataset, imageOf } from '../../lib/data/dataset.ts';
import { DigitImage } from '../figures/HeatImage.tsx';

interface Props {
  label: string;
  test: Dataset;
  rows: readonly number[];
  /** Under each picture; for those who do not see it, it is its name too. */
  say: (row: number, place: number) => string;
  /** Makes each picture a button. */
  onChoose?: (row: number) => void;
  chosen?: number | undefined;
  /** Leaves room for a longer word. */
  isRoomy?: boolean;
}

/** Some of the test images, with a word under each. */
export function DigitList({ label, test, rows, say, onChoose, chosen, isRoomy = false }: Props) {
  return (
    <ul class={isRoomy ? 'misread judged-digits judged-roomy' : 'misread judged-digits'} aria-label={label}>
      {rows.map((row, place) => {
        const inside = (
          <>
            <DigitImage image={imageOf(test, row)} label={`Test image ${row}`} />
            <span>{say(row, place)}</span>
          </>
        );
        return (
          <li key={row}>
            {onChoose ? (
              <button
                type="button"
                class="on-paper judged-digit"
                aria-pressed={row === chosen}
                onClick={() => onChoose(row)}
              >
                {inside}
              </button>
            ) : (
              inside
            )}
          </li>
        );
      })}
    </ul>
  );
}
