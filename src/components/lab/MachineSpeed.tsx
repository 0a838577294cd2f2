import '../figures/controls.css';
import '../figures/pushes.css';
import './MachineSpeed.css';
import type { Setup } from '../../lib/training/setup.ts';
import type { Lab } from '../../state/run/lab.ts';
import { formatCount, formatRatio, formatSignificant } from '../../explain/numbers.ts';

/** What an epoch is: all of MNIST's training images. */
const EPOCH = 60_000;

/** How fast this very machine trains the chosen network, with plain loops and with the fast kernels. */
export function MachineSpeed({ lab, setup }: { lab: Lab; setup: Setup }) {
  const { results, isBusy, failure, cancel, measure } = lab.speed;
  const most = Math.max(...results.value.map(({ imagesPerSecond }) => imagesPerSecond), 1);
  const [plain, fast] = results.value;
  return (
    <div class="machine">
      <p>
        The same training twice, on the network chosen above: once with plain loops in TypeScript, the ones
        that chapter 4 shows, and once with the same arithmetic in WebAssembly, four numbers at a time,
        skipping the pixels that are 0.
      </p>
      <p class="run-controls needs-script">
        {isBusy.value ? (
          <button type="button" onClick={cancel}>
            Cancel
          </button>
        ) : (
          <button type="button" class="primary" onClick={() => void measure(setup)}>
            Measure
          </button>
        )}
        <span class="quiet" role="status">
          {isBusy.value
            ? `Measuring ${results.value.length === 0 ? 'the plain loops' : 'the fast kernels'}…`
            : plain && fast
              ? `The fast kernels are ${formatRatio(fast.imagesPerSecond / plain.imagesPerSecond)} times as fast.`
              : ''}
        </span>
      </p>
      <ul class="pushes machine-bars">
        {[plain, fast].map((measured, n) => (
          <li key={n}>
            <span>{n === 0 ? 'plain loops' : 'fast kernels'}</span>
            <span class="push-track">
              <span
                class="push-fill push-left"
                style={{ transform: `scaleX(${(measured?.imagesPerSecond ?? 0) / most})` }}
              />
            </span>
            <span>
              {measured
                ? `${formatCount(measured.imagesPerSecond)} images per second, ${formatSignificant(EPOCH / measured.imagesPerSecond, 2)} s an epoch`
                : '–'}
            </span>
          </li>
        ))}
      </ul>
      {failure.value && (
        <p class="run-trouble" role="alert">
          {failure.value}
        </p>
      )}
    </div>
  );
}
