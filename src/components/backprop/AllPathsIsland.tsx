import '../figures/segments.css';
import { useEffect, useMemo } from 'preact/hooks';
import { largestSize } from '../../explain/contributions.ts';
import { type WeightPaths, createPathExplorer, describePaths } from './path-explorer.ts';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { HeatImage } from '../figures/HeatImage.tsx';
import { Failure } from '../figures/Failure.tsx';
import { PathList } from './PathList.tsx';
import { PathNetwork } from './PathNetwork.tsx';
import { RunningSum } from './RunningSum.tsx';
import { formatCount } from '../../explain/numbers.ts';

interface Props {
  digit: number;
  /** The first weight's paths, computed while the site was built. */
  start: WeightPaths;
}

const UNITS = 32;
const FOLDS = [
  { foldFrom: 3, says: 'nothing folded' },
  { foldFrom: 2, says: 'folded at layer 2' },
  { foldFrom: 1, says: 'folded at layer 1 as well' },
] as const;

/** A first-layer weight's gradient as the sum over all paths from it to the loss, and what folding saves. */
export function AllPathsIsland({ digit, start }: Props) {
  const explorer = useMemo(() => createPathExplorer(digit), [digit]);
  useEffect(() => void explorer.load(), [explorer]);
  const paths = explorer.paths.value ?? start;
  const picture = explorer.picture.value;
  const isReady = explorer.paths.value !== undefined;
  return (
    <div class="experiment">
      <DigitPicker pick={explorer.digitPick} isPictured>
        <label>
          Unit {paths.unit} of the first layer
          <input
            type="range"
            min={0}
            max={UNITS - 1}
            value={paths.unit}
            onInput={(event) => explorer.pick(event.currentTarget.valueAsNumber, paths.pixel)}
          />
        </label>
        <fieldset class="segments">
          <legend>Fold</legend>
          {FOLDS.map(({ foldFrom, says }) => (
            <button
              key={foldFrom}
              type="button"
              aria-pressed={paths.foldFrom === foldFrom}
              aria-disabled={!isReady}
              onClick={() => explorer.fold(foldFrom)}
            >
              {says}
            </button>
          ))}
        </fieldset>
      </DigitPicker>
      <Failure failure={explorer.failure.value} again={explorer.load} />
      <p role="status" class="experiment-sentence">
        {describePaths(paths)}
      </p>
      <div class="path-figures">
        <div class="path-picture">
          <HeatImage
            values={picture}
            rows={28}
            columns={28}
            scale="gradient"
            full={picture ? largestSize(picture) : 1}
            label={`The gradients of the 784 weights into unit ${paths.unit}: point at a weight`}
            pointed={paths.pixel}
            onPoint={(pixel) => {
              if (isReady && pixel !== undefined && pixel !== paths.pixel) explorer.pick(paths.unit, pixel);
            }}
          />
          <p class="quiet">Point at a pixel, or move with the arrow keys, to pick its weight.</p>
        </div>
        <PathNetwork paths={paths} />
        <RunningSum paths={paths} />
      </div>
      <details>
        <summary>The products, one by one</summary>
        <PathList paths={paths} />
      </details>
      <p>
        Multiplications for this one weight: <strong>{formatCount(paths.multiplications)}</strong>. For all
        25,088 weights of the first layer: <strong>{formatCount(paths.multiplicationsOfAll)}</strong>.
      </p>
    </div>
  );
}
