import type { Look, Misread } from '../../lib/training/session.ts';
import { DigitImage, HeatImage } from '../figures/HeatImage.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { SpreadBars } from '../figures/SpreadBars.tsx';

/** Pictures of weights that are shown at most: a wide layer has hundreds. */
const MOST_PICTURES = 64;

interface MosaicProps {
  /** (units × 784) */
  weights: ArrayLike<number> | undefined;
  units: number;
  scale: 'weight' | 'gradient';
  /** What one picture is, before its number: `Weights of unit`. */
  label: string;
}

/** The first layer as pictures: one for each unit, all in the same measure. */
export function WeightMosaic({ weights, units, scale, label }: MosaicProps) {
  const shown = Math.min(units, MOST_PICTURES);
  const full = weights ? strong(weights) : 1;
  return (
    <>
      <ul class="mosaic">
        {Array.from({ length: shown }, (_, unit) => (
          <li key={unit}>
            <HeatImage
              values={weights && Array.prototype.slice.call(weights, unit * 784, (unit + 1) * 784)}
              rows={28}
              columns={28}
              scale={scale}
              full={full}
              label={`${label} ${unit}`}
            />
          </li>
        ))}
      </ul>
      {units > shown && (
        <p class="quiet">
          The first {shown} of {units} units.
        </p>
      )}
    </>
  );
}

/** The value that has the full colour: most weights are small, and a few large ones would leave the others pale. */
function strong(weights: ArrayLike<number>): number {
  let squares = 0;
  for (let n = 0; n < weights.length; n++) squares += weights[n]! ** 2;
  return 3 * Math.sqrt(squares / weights.length) || 1;
}

/** Digits that are still read wrong. */
export function MisreadStrip({ misread }: { misread: readonly Misread[] }) {
  return (
    <ul class="misread">
      {misread.map(({ image, label, read }, n) => (
        <li key={n}>
          <DigitImage image={image} label={`A ${label}, read as ${read}`} />
          <span aria-hidden="true">
            {label}, not {read}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Of each layer: how its weights and its last gradient are spread, and how long the gradient is. */
export function LayerSpreads({ look, layers }: { look: Look | undefined; layers: number }) {
  return (
    <ScrollBox label="Weights and gradients of each layer">
      <table class="layer-spreads">
        <thead>
          <tr>
            <th scope="col">layer</th>
            <th scope="col">weights</th>
            <th scope="col">gradient of the last batch</th>
            <th scope="col">its length</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: layers }, (_, l) => {
            const seen = look?.layers[l];
            return (
              <tr key={l}>
                <th scope="row">{l + 1}</th>
                <td>
                  <SpreadBars
                    counts={seen?.weights.counts ?? []}
                    label={
                      seen
                        ? `Weights of layer ${l + 1}, spread ${seen.weights.deviation.toPrecision(2)}`
                        : 'No weights yet'
                    }
                  />
                  <small>{seen ? `up to ±${seen.weightRange.toPrecision(2)}` : ' '}</small>
                </td>
                <td>
                  <SpreadBars
                    counts={seen?.gradients.counts ?? []}
                    label={
                      seen
                        ? `Gradients of layer ${l + 1}, spread ${seen.gradients.deviation.toPrecision(2)}`
                        : 'No gradient yet'
                    }
                  />
                  <small>{seen ? `up to ±${seen.gradientRange.toPrecision(2)}` : ' '}</small>
                </td>
                <td>{seen ? seen.gradientNorm.toPrecision(3) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}
