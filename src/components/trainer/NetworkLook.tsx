import type { Look, Misread } from '../../lib/training/session.ts';
import { DigitImage } from '../figures/HeatImage.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { SpreadBars } from '../figures/SpreadBars.tsx';

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
