import '../figures/segments.css';
import '../figures/vector.css';
import './vector-slider.css';
import type { ComponentChildren } from 'preact';
import { useCallback } from 'preact/hooks';
import { collection, nameImages } from '../../state/digits/collection.ts';
import {
  type Split,
  digitAt,
  digitFilter,
  filterDigits,
  openDigit,
  openedDigit,
  openedPlace,
  shownDigits,
  splitFilter,
} from '../../state/digits/data-explorer.ts';
import { CollectionChoice } from './CollectionChoice.tsx';
import { DigitGrid } from './DigitGrid.tsx';
import { useFiguresData } from './figures-data.ts';
import { OpenedDigit, VectorStrip } from './OpenedDigit.tsx';
import { formatCount } from '../../explain/numbers.ts';

interface Props {
  /** Of the first frame: digits on one sheet, the first of them large, and as one row. */
  sheet?: ComponentChildren;
  first?: ComponentChildren;
  row?: ComponentChildren;
  firstLabel: number;
}

const SPLITS: readonly { split: Split; text: string }[] = [
  { split: 'all', text: 'all' },
  { split: 'train', text: 'training' },
  { split: 'test', text: 'test' },
];

/** All the digits to look through, and one of them opened to its numbers. */
export function DigitExplorerIsland({ sheet, first, row, firstLabel }: Props) {
  const { from } = useFiguresData();
  const shown = shownDigits.value;
  const digit = from && openedDigit.value;
  const at = useCallback((place: number) => digitAt(collection.peek()!, shown[place]), [shown]);
  return (
    <div class="explorer">
      <CollectionChoice from={from} />
      <Filters isReady={from !== undefined} hasTest={from?.test !== undefined} />
      <p class="explorer-count quiet" role="status">
        {from ? `${formatCount(shown.length)} digits pass the filters.` : 'The first digits of the sample.'}
      </p>
      <div class="explorer-body">
        {from && digit ? (
          <DigitGrid
            count={shown.length}
            digitAt={at}
            opened={Math.min(openedPlace.value, shown.length - 1)}
            onOpen={openDigit}
          />
        ) : (
          <div class="digit-grid digit-grid-still">
            {from ? <p>No digit passes these filters.</p> : sheet}
          </div>
        )}
        <div class="opened">
          {digit ? (
            <OpenedDigit digit={digit} />
          ) : (
            <>
              <p class="opened-title">
                A <strong>{firstLabel}</strong>
                <span>{nameImages({ name: 'sample' }, 'train', [0])}</span>
              </p>
              {first}
              {/* Another takes its place once the digits are there, and would not have the focus. */}
              <button type="button" class="opened-switch needs-script" aria-disabled={true} tabIndex={-1}>
                Show its 784 numbers
              </button>
            </>
          )}
        </div>
      </div>
      <div class="vector">
        <p class="vector-title">And the picture as the network gets it: 784 numbers in a row</p>
        {digit ? (
          <VectorStrip digit={digit} />
        ) : (
          <>
            {row}
            <label class="vector-slider needs-script">
              Along the row
              <input type="range" min={0} max={783} value={0} aria-disabled={true} tabIndex={-1} />
            </label>
            <p class="vector-text">Row after row of the picture, one after the other.</p>
          </>
        )}
      </div>
    </div>
  );
}

function Filters({ isReady, hasTest }: { isReady: boolean; hasTest: boolean }) {
  return (
    <div class="filters needs-script">
      <fieldset class="segments" aria-disabled={!isReady}>
        <legend>Digit</legend>
        {[undefined, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => (
          <button
            key={digit ?? 'all'}
            type="button"
            aria-pressed={digitFilter.value === digit}
            onClick={() => filterDigits(digit, splitFilter.value)}
          >
            {digit ?? 'all'}
          </button>
        ))}
      </fieldset>
      <fieldset class="segments" aria-disabled={!isReady}>
        <legend>Split</legend>
        {SPLITS.map(({ split, text }) => (
          <button
            key={split}
            type="button"
            aria-pressed={splitFilter.value === split}
            aria-disabled={split === 'test' && !hasTest}
            onClick={() => filterDigits(digitFilter.value, split)}
          >
            {text}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
