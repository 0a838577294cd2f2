import type { ColourScale } from '../../lib/notation.ts';
import { largestSize } from '../../state/contributions.ts';
import { HeatImage } from '../figures/HeatImage.tsx';

interface Props {
  name: string;
  /** What stands beside the strip: z¹ and its like. */
  symbol: string;
  values: ArrayLike<number> | undefined;
  scale: ColourScale;
  /** The unit that is opened, and what to do when another is. */
  opened: number | undefined;
  onOpen: (unit: number) => void;
  format: (value: number) => string;
}

/** The values of one layer in a row of cells, each of which opens to where it comes from. */
export function Strip({ name, symbol, values, scale, opened, onOpen, format }: Props) {
  const count = values?.length ?? 0;
  const largest = largestSize(values ?? []);
  return (
    <div class="strip">
      <span class="strip-symbol" aria-hidden="true">
        {symbol}
      </span>
      {values ? (
        <HeatImage
          values={values}
          rows={1}
          columns={count}
          scale={scale}
          full={largest}
          label={`${name}: ${count} values, up to ${format(largest)} in size. The arrow keys move along them.`}
          pointed={opened}
          onPoint={(unit) => unit !== undefined && onOpen(unit)}
        />
      ) : (
        <span class="strip-blank">not yet computed</span>
      )}
    </div>
  );
}
