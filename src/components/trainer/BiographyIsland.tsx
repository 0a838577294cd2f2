import '../figures/NetworkLook.css';
import '../figures/controls.css';
import '../figures/pushes.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Push } from '../../lib/training/review.ts';
import { timeTravel as travel } from '../../state/run/time-travel.ts';
import { createBiography } from '../../state/run/weight-biography.ts';
import { formatCount, formatMilliseconds, formatNumber, formatShare } from '../../explain/numbers.ts';
import { DigitImage, HeatImage } from '../figures/HeatImage.tsx';
import { Slider } from '../figures/Slider.tsx';
import { useAlive } from '../figures/useAlive.ts';

/** One weight of the first layer, and the digits that push it. */
export function BiographyIsland() {
  const biography = useMemo(() => createBiography(), []);
  const isAlive = useAlive();
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  useEffect(() => {
    travel.begin();
    void travel.run.restore();
  }, []);
  const { unit, input, pushes } = biography;
  const model = isAlive ? travel.model.value : undefined;
  const first = model?.layers[0];
  const weights = first?.weights.subarray(unit.value * 784, (unit.value + 1) * 784);
  const full = weights ? Math.max(...Array.from(weights, Math.abs)) : 1;
  const known = isAlive ? pushes.value : undefined;
  const place = `row ${Math.floor(input.value / 28)}, column ${input.value % 28}`;
  return (
    <div class="biography">
      <div class="biography-choice">
        <Slider
          label="Unit"
          min={0}
          max={(first?.units ?? 32) - 1}
          step={1}
          value={unit.value}
          onChange={(next) => biography.choose(next, input.value)}
        />
        <HeatImage
          values={weights}
          rows={28}
          columns={28}
          scale="weight"
          full={full}
          label={`Weights of unit ${unit.value}; choose a pixel`}
          pointed={pointed ?? input.value}
          onPoint={setPointed}
          onChoose={(pixel) => biography.choose(unit.value, pixel)}
        />
        <p class="quiet">
          Chosen: {place}
          {weights ? `, weight ${formatNumber(weights[input.value])}` : ''}. Click another pixel, or move with
          the arrow keys and press Enter.
        </p>
        <button type="button" class="needs-script" aria-disabled={!model} onClick={biography.begin}>
          Ask all 60,000 digits
        </button>
        <p class="quiet" role="status">
          {describeState(biography, model !== undefined)}
        </p>
        {biography.failure.value && (
          <p class="run-trouble" role="alert">
            {biography.failure.value}
          </p>
        )}
      </div>
      <div>
        <PushBars known={known} />
        <ByLabel known={known} />
        <Pushers title="push it up the most" pushes={known?.up.strongest ?? []} />
        <Pushers title="push it down the most" pushes={known?.down.strongest ?? []} />
      </div>
    </div>
  );
}

function describeState(
  { loading, pushes, isAsked }: ReturnType<typeof createBiography>,
  hasModel: boolean,
): string {
  if (!hasModel) return 'Train in the console first: a weight that was never pushed has no story.';
  if (loading.value !== undefined) return `Fetching the digits: ${formatShare(loading.value, 0)}`;
  const known = pushes.value;
  if (!known) return isAsked.value ? 'The digits are being asked…' : '';
  const blank = known.images - known.up.count - known.down.count;
  return `${formatCount(known.up.count)} digits push it up, ${formatCount(known.down.count)} push it down, and ${formatCount(blank)} have no ink there, or a closed unit on the way: to them it does not matter. Counted in ${formatMilliseconds(known.milliseconds)}.`;
}

type Known = ReturnType<typeof createBiography>['pushes']['value'];

/** All pushes up against all pushes down, and what is left: the mean that a batch of everything would take. */
function PushBars({ known }: { known: Known }) {
  const most = known ? Math.max(known.up.sum, known.down.sum) || 1 : 1;
  const left = known ? known.up.sum - known.down.sum : 0;
  const bar = (size: number, name: string, tone: string) => (
    <li>
      <span>{name}</span>
      <span class="push-track">
        <span class={`push-fill ${tone}`} style={{ transform: `scaleX(${size / most})` }} />
      </span>
      <span>{known ? formatNumber(size / known.images) : '–'}</span>
    </li>
  );
  return (
    <>
      <ul class="pushes" aria-label="Pushes, summed over all digits and divided by their number">
        {bar(known?.up.sum ?? 0, 'all that push up', 'push-up')}
        {bar(known?.down.sum ?? 0, 'all that push down', 'push-down')}
        {bar(Math.abs(left), left < 0 ? 'what is left: down' : 'what is left: up', 'push-left')}
      </ul>
      <p class="run-sentence">
        {known && most > 1e-300
          ? `Of all this pushing, ${formatShare(1 - Math.abs(left) / (known.up.sum + known.down.sum || 1))} is taken back by somebody else. What is left is the negative of the gradient, ${formatNumber(known.mean)}.`
          : ' '}
      </p>
    </>
  );
}

/** What the digits of each kind want in sum: above the line up, below it down. */
function ByLabel({ known }: { known: Known }) {
  const pushes = known && Array.from(known.byLabel, (gradient) => -gradient / known.images);
  const most = pushes ? Math.max(...pushes.map(Math.abs)) || 1 : 1;
  const said = pushes?.map((push, digit) => `${digit}: ${formatNumber(push)}`).join(', ') ?? 'nothing yet';
  return (
    <svg class="by-label notranslate" viewBox="0 0 200 52" role="img" aria-label={`Pushes by digit: ${said}`}>
      <path class="axis" d="M0 22H200" />
      {Array.from({ length: 10 }, (_, digit) => {
        const push = pushes?.[digit] ?? 0;
        const height = (20 * Math.abs(push)) / most;
        return (
          <g key={digit}>
            <rect
              class={push < 0 ? 'push-down' : 'push-up'}
              x={digit * 20 + 4}
              y={push < 0 ? 22 : 22 - height}
              width={12}
              height={height}
            />
            <text x={digit * 20 + 10} y={51}>
              {digit}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function Pushers({ title, pushes }: { title: string; pushes: readonly Push[] }) {
  return (
    <>
      <h3>The digits that {title}</h3>
      <ul class="misread pushers">
        {pushes.map(({ row, image, label, read, gradient }) => (
          <li key={row}>
            <DigitImage
              image={image}
              label={`Training image ${row}, a ${label}, read as ${read}; its push is ${formatNumber(-gradient)}`}
            />
            <span aria-hidden="true">{read === label ? `a ${label}` : `${label}, not ${read}`}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
