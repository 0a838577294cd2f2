import './DigitStack.css';
import { PIXELS } from '../../lib/data/dataset.ts';
import { formatCount } from '../../explain/numbers.ts';
import { DigitImage } from '../figures/HeatImage.tsx';

interface Props {
  /** (captions × 784), bytes */
  images: Uint8Array;
  captions: readonly string[];
  /** How many are left out. */
  more: number;
}

/** Digits as pictures, one or many, each with a word under it. */
export function DigitStack({ images, captions, more }: Props) {
  return (
    <>
      <ul class={captions.length === 1 ? 'digit-stack digit-stack-one' : 'digit-stack'}>
        {captions.map((caption, n) => (
          <li key={n}>
            <DigitImage
              image={images.subarray(n * PIXELS, (n + 1) * PIXELS)}
              label={caption ? `Digit: ${caption}` : `Picture ${n + 1}`}
            />
            {caption && <span>{caption}</span>}
          </li>
        ))}
      </ul>
      {more > 0 && <p class="quiet">And {formatCount(more)} more.</p>}
    </>
  );
}
