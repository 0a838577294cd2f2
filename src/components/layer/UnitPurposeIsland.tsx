import './UnitPurpose.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { imageOf } from '../../lib/data/dataset.ts';
import { largestSize } from '../../explain/contributions.ts';
import { formatNumber } from '../../explain/numbers.ts';
import { DigitImage, HeatImage } from '../figures/HeatImage.tsx';
import { UnitPictures } from '../figures/UnitPictures.tsx';
import { TryAgain } from '../figures/TryAgain.tsx';
import { SHOWN, createUnitPurpose } from './unit-purpose.ts';

interface Props {
  /** The unit to begin with, what is said of it and its digits, computed while the site was built. */
  start: number;
  said: string;
  still?: ComponentChildren;
}

const UNITS = 32;

/** A unit of the first layer beside the digits that excite it most, and their mean. */
export function UnitPurposeIsland({ start, said, still }: Props) {
  const purpose = useMemo(() => createUnitPurpose(start), [start]);
  useEffect(() => void purpose.load(), [purpose]);
  const unit = purpose.unit.value;
  const [digits, favourites, weights] = [
    purpose.digits.value,
    purpose.favourites.value,
    purpose.unitWeights.value,
  ];
  return (
    <div class="purpose">
      <div class="purpose-units needs-script">
        <p class="quiet">The 32 units of the first layer, each by its weights: choose one</p>
        <UnitPictures
          values={purpose.weights.value}
          units={UNITS}
          scale="weight"
          label="Weights of unit"
          chosen={unit}
          onChoose={purpose.choose}
        />
      </div>
      <div class="purpose-pair">
        <div>
          <p class="quiet">Weights of unit {unit}</p>
          <HeatImage
            values={weights}
            rows={28}
            columns={28}
            scale="weight"
            full={largestSize(weights ?? [])}
            label={`The 784 weights into unit ${unit}. The arrow keys move from pixel to pixel.`}
            pointed={purpose.pixel.value}
            onPoint={purpose.point}
          />
        </div>
        <div>
          <p class="quiet">Mean of its ten digits</p>
          <HeatImage
            values={favourites?.mean}
            rows={28}
            columns={28}
            scale="ink"
            full={1}
            label={`The mean of the ten digits that excite unit ${unit} most. The arrow keys move from pixel to pixel.`}
            pointed={purpose.pixel.value}
            onPoint={purpose.point}
          />
        </div>
      </div>
      <div class="purpose-ten">
        <p class="quiet">The ten that excite it most, and its output a for each</p>
        {digits && favourites ? (
          <ol>
            {Array.from(favourites.rows, (row, n) => (
              <li key={n}>
                <DigitImage
                  image={imageOf(digits, row)}
                  label={`A ${digits.labels[row]}, training image ${row}`}
                />
                {formatNumber(favourites.outputs[n])}
              </li>
            ))}
          </ol>
        ) : (
          (still ?? (
            <ol>
              {Array.from({ length: SHOWN }, (_, n) => (
                <li key={n} />
              ))}
            </ol>
          ))
        )}
      </div>
      <div class="purpose-said">
        <p role="status">{purpose.failure.value ?? purpose.said.value ?? said}</p>
        <TryAgain failure={purpose.failure.value} again={purpose.load} />
      </div>
    </div>
  );
}
