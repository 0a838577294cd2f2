import './NetworkLook.css';
import type { Look, Misread } from '../../lib/training/session.ts';
import { DigitImage } from './HeatImage.tsx';
import { ScrollBox } from './ScrollBox.tsx';
import { SpreadBars } from './SpreadBars.tsx';
import { formatSignificant } from '../../explain/numbers.ts';

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
                        ? `Weights of layer ${l + 1}, spread ${formatSignificant(seen.weights.deviation, 2)}`
                        : 'No weights yet'
                    }
                  />
                  <small>{seen ? `up to ±${formatSignificant(seen.weightRange, 2)}` : ' '}</small>
                </td>
                <td>
                  <SpreadBars
                    counts={seen?.gradients.counts ?? []}
                    label={
                      seen
                        ? `Gradients of layer ${l + 1}, spread ${formatSignificant(seen.gradients.deviation, 2)}`
                        : 'No gradient yet'
                    }
                  />
                  <small>{seen ? `up to ±${formatSignificant(seen.gradientRange, 2)}` : ' '}</small>
                </td>
                <td>{seen ? formatSignificant(seen.gradientNorm) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}
