import '../figures/race-table.css';
import type { WaysRead } from '../../build/pen-rates.ts';
import { formatShare } from '../../explain/numbers.ts';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { Prediction } from '../exercises/Prediction.tsx';

interface Props {
  /** Digits of each size. */
  count: number;
  rates: readonly WaysRead[];
}

/** A guess first: what becomes of small digits when nobody enlarges them. */
export function SmallDigitsIsland({ count, rates }: Props) {
  const small = rates.find(({ size }) => size === 'small');
  return (
    <Prediction
      id="draw/small-by-blocks"
      question={
        <p>
          A program drew {count} digits, a third as large as the pad, in its corners. With the block means,
          how many of them does the shipped network read right?
        </p>
      }
      min={0}
      max={100}
      step={1}
      unit="%"
      near={5}
      actual={small && 100 * small.blocks}
      afterwards={<p>Ten digits are ten chances. What does it say of a small digit that it does not know?</p>}
    >
      <ScrollBox label="Both ways, large digits and small">
        <table class="race-table">
          <thead>
            <tr>
              <th scope="col">digits</th>
              <th scope="col">block means</th>
              <th scope="col">MNIST’s way</th>
            </tr>
          </thead>
          <tbody>
            {rates.map(({ size, blocks, mnist }) => (
              <tr key={size}>
                <th scope="row">{size}</th>
                <td>{formatShare(blocks)}</td>
                <td>{formatShare(mnist)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Prediction>
  );
}
