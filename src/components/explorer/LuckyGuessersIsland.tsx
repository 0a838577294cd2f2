import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { luckiestGuesser } from '../../lib/data/guessers.ts';
import { Random } from '../../lib/nn/random.ts';
import type { Collection } from '../../state/digits/collection.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { Slider } from '../figures/Slider.tsx';
import { useFiguresData } from './figures-data.ts';
import { formatCount, formatShare } from '../../explain/numbers.ts';

interface Props {
  question?: ComponentChildren;
  afterwards?: ComponentChildren;
}

/** As many as are asked about. */
const GUESSERS = 200;
/** Test images that they are chosen by, and training images that the chosen one is looked at with. */
const IMAGES = 200;

/** Readers that know nothing, the best of them chosen by the test images: what its score is then worth. */
export function LuckyGuessersIsland({ question, afterwards }: Props) {
  const { from } = useFiguresData();
  const tested = from?.test ? from : undefined;
  const asked = useMemo(() => tested && compete(tested, GUESSERS, 1), [tested]);
  return (
    <Prediction
      id="data/luckiest-guesser"
      question={question}
      min={0}
      max={50}
      step={0.5}
      unit="%"
      near={1}
      actual={asked?.here}
      afterwards={afterwards}
    >
      {tested && <Competition from={tested} />}
    </Prediction>
  );
}

function Competition({ from }: { from: Collection }) {
  const [power, setPower] = useState(Math.log2(GUESSERS));
  const [seed, setSeed] = useState(1);
  const guessers = Math.round(2 ** power);
  const { here, elsewhere, images } = useMemo(() => compete(from, guessers, seed), [from, guessers, seed]);
  return (
    <div class="guessers">
      <Slider
        label="Guessers"
        value={power}
        text={formatCount(guessers)}
        min={0}
        max={12}
        step="any"
        onChange={setPower}
      />
      <p>
        <button type="button" onClick={() => setSeed(seed + 1)}>
          New seed
        </button>
      </p>
      <p role="status">
        The best of {formatCount(guessers)} reads <strong>{formatShare(here / 100)}</strong> of the {images}{' '}
        test digits that it was chosen by, and <strong>{formatShare(elsewhere / 100)}</strong> of {images}{' '}
        others.
      </p>
    </div>
  );
}

/** In per cent. */
function compete({ train, test }: Collection, guessers: number, seed: number) {
  const images = Math.min(IMAGES, train.count, test!.count);
  const lucky = luckiestGuesser(
    test!.labels.subarray(0, images),
    train.labels.subarray(0, images),
    guessers,
    new Random(seed),
  );
  return { here: (100 * lucky.right) / images, elsewhere: (100 * lucky.rightElsewhere) / images, images };
}
