import '../figures/segments.css';
import './OpenedCell.css';
import { useSignal } from '@preact/signals';
import { formatCount, formatShare } from '../../explain/numbers.ts';
import { DIGITS, imageOf } from '../../lib/data/dataset.ts';
import type { HardReading } from '../../lib/experiments/hardest.ts';
import type { ConfusionCell } from '../figures/ConfusionTable.tsx';
import { DigitImage } from '../figures/HeatImage.tsx';
import { DigitList } from './DigitList.tsx';
import type { Examination } from './examination.ts';
import { testCopy } from './test-copy.ts';

const SHOWN = 24;

interface Props {
  cell: ConfusionCell | undefined;
  examination: Examination | undefined;
  /** Those of the copy. */
  readings: readonly HardReading[] | undefined;
}

/** The images behind one number, each of which can be changed in the reader's copy. */
export function OpenedCell({ cell, examination, readings }: Props) {
  const chosen = useSignal<number | undefined>(undefined);
  if (!cell) return <p class="quiet">Choose a number to see its images; the arrow keys move.</p>;
  if (!examination || !readings) return <p class="quiet">The images are on their way.</p>;
  const those = readings.filter(({ label, read }) => label === cell.label && read === cell.read);
  const surest = [...those].sort((a, b) => b.sure - a.sure).slice(0, SHOWN);
  const title = `${cell.label} read as ${cell.read}: ${formatCount(those.length)} ${those.length === 1 ? 'image' : 'images'}`;
  return (
    <div>
      <h3>
        {title}
        {those.length > SHOWN && `, the ${SHOWN} surest`}
      </h3>
      <DigitList
        label={title}
        test={examination.test}
        rows={surest.map(({ row }) => row)}
        say={(_, place) => `${formatShare(surest[place].sure, 0)} sure`}
        chosen={chosen.value}
        onChoose={(row) => {
          chosen.value = row;
        }}
      />
      {chosen.value === undefined ? (
        <p class="quiet">
          Choose an image to drop it from a copy of the test set, or to give it another label there.
        </p>
      ) : (
        <ImageInCopy examination={examination} row={chosen.value} />
      )}
    </div>
  );
}

/** One image, and what the reader does with it in the copy. It stays here when it has left the list. */
function ImageInCopy({ examination, row }: { examination: Examination; row: number }) {
  const { label, read, sure } = examination.readings[row];
  const own = testCopy.changes.value.find((each) => each.row === row);
  const isDropped = own !== undefined && own.label === undefined;
  const state = isDropped
    ? 'dropped from your copy'
    : own
      ? `labelled ${label}, in your copy ${own.label}`
      : `labelled ${label}`;
  return (
    <div class="image-in-copy">
      <DigitImage image={imageOf(examination.test, row)} label={`Test image ${row}`} />
      <div>
        <p role="status">
          Test image {row}: {state}. It is read as {read}, {formatShare(sure, 0)} sure.
        </p>
        <fieldset class="segments">
          <legend>In your copy it is a</legend>
          {Array.from({ length: DIGITS }, (_, digit) => (
            <button
              key={digit}
              type="button"
              aria-pressed={!isDropped && (own?.label ?? label) === digit}
              onClick={() => (digit === label ? testCopy.undo(row) : testCopy.relabel(row, digit))}
            >
              {digit}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          aria-pressed={isDropped}
          onClick={() => (isDropped ? testCopy.undo(row) : testCopy.drop([row]))}
        >
          Drop it from your copy
        </button>
      </div>
    </div>
  );
}
