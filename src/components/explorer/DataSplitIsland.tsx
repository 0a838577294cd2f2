import { useEffect, useMemo, useState } from 'preact/hooks';
import { DIGITS } from '../../lib/data/dataset.ts';
import { stratifiedSplit } from '../../lib/data/splits.ts';
import { Random } from '../../lib/nn/random.ts';
import { nameImages } from '../../state/digits/collection.ts';
import { classSeed } from '../../state/page/embedded.ts';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { Slider } from '../figures/Slider.tsx';
import { useFiguresData } from './figures-data.ts';
import { formatCount } from '../../explain/numbers.ts';

interface Props {
  /** Labels of the first frame's training and test images. */
  trainLabels: readonly number[];
  testLabels: readonly number[];
}

/** Takes validation images out of the training images, each digit in its share. */
export function DataSplitIsland({ trainLabels, testLabels }: Props) {
  const { from } = useFiguresData();
  const [share, setShare] = useState(10);
  const [seed, setSeed] = useState(1);
  useEffect(() => setSeed(classSeed()), []);
  const first = useMemo(() => Uint8Array.from(trainLabels), [trainLabels]);
  const train = from?.train.labels ?? first;
  const test = from ? from.test?.labels : testLabels;
  const { picked, rest } = useMemo(
    () =>
      stratifiedSplit(
        { name: 'the training images', count: train.length, labels: train },
        Math.round((train.length * share) / 100),
        new Random(seed),
      ),
    [train, share, seed],
  );
  const sets = [
    { name: 'to learn from', labels: Array.from(rest, (i) => train[i]) },
    { name: 'to validate', labels: Array.from(picked, (i) => train[i]) },
    { name: 'to test, at the end', labels: Array.from(test ?? []) },
  ];
  const total = sets.reduce((sum, { labels }) => sum + labels.length, 0);
  return (
    <div class="split">
      <div class="split-controls needs-script">
        <Slider
          label="For validation"
          value={share}
          text={`${share}\u00a0%`}
          min={0}
          max={40}
          step={1}
          onChange={setShare}
        />
        <button type="button" aria-disabled={!from} onClick={() => setSeed(seed + 1)}>
          New seed
        </button>
      </div>
      <div class="split-bar" aria-hidden="true">
        {sets.map(({ name, labels }, n) => (
          <span
            key={name}
            class={`split-part split-${n}`}
            style={{ width: `${(100 * labels.length) / total}%` }}
          />
        ))}
      </div>
      <ScrollBox label="Digits in each set">
        <table>
          <thead>
            <tr>
              <th scope="col">images</th>
              <th scope="col">all</th>
              {Array.from({ length: DIGITS }, (_, digit) => (
                <th key={digit} scope="col">
                  {digit}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sets.map(({ name, labels }, n) => (
              <tr key={name}>
                <th scope="row">
                  <span class={`split-key split-${n}`} /> {name}
                </th>
                <td>{formatCount(labels.length)}</td>
                {Array.from({ length: DIGITS }, (_, digit) => (
                  <td key={digit}>{formatCount(labels.filter((label) => label === digit).length)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p class="quiet split-text">
        {picked.length > 0
          ? `Drawn with seed ${seed}: the first validation images are ${nameImages(from ?? { name: 'sample' }, 'train', picked.subarray(0, 5))}.`
          : 'Nothing is set aside: there would be no way to see overfitting before the test.'}
      </p>
    </div>
  );
}
