import { useEffect, useMemo } from 'preact/hooks';
import type { CodeRegion } from '../../build/code-regions.ts';
import type { Quantity } from '../../lib/nn/origin.ts';
import { type ForwardPass, createForwardPass } from '../../state/forward-pass.ts';
import { type ShippedName, shippedNetworks } from '../../state/networks.ts';
import { describeStep, formatNumber } from '../../state/pass-sentences.ts';
import { HeatImage } from '../figures/HeatImage.tsx';
import { CellOrigin } from './CellOrigin.tsx';
import { CodeView } from './CodeView.tsx';
import { StepControls } from './StepControls.tsx';
import { Strip } from './Strip.tsx';

interface Props {
  /** The lines of the library that the steps name, by region, and those of `Layer.forward` around them. */
  regions: Readonly<Record<string, CodeRegion>>;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A digit's way through the network, one step at a time; every number opens to where it comes from. */
export function ForwardStepperIsland({ regions }: Props) {
  const pass = useMemo(createForwardPass, []);
  useEffect(() => pass.begin(), [pass]);
  const trace = pass.pass.value;
  const current = pass.current.value;
  return (
    <div class="stepper">
      <Choice pass={pass} />
      <StepControls pass={pass} />
      <p class="step-sentence" role="status">
        {pass.failure.value ??
          (!trace
            ? 'Digit and network are on their way…'
            : current
              ? describeStep(trace, current)
              : 'Nothing is computed yet: there are 784 pixels, from 0 to 1.')}
      </p>
      <div class="stepper-body">
        <div class="strips">
          <Strips pass={pass} />
        </div>
        <div class="stepper-side">
          {trace && pass.opened.value ? (
            <CellOrigin pass={trace} cell={pass.opened.value} />
          ) : (
            <p class="quiet">Point at a value, or move to it by the arrow keys, to see what it is made of.</p>
          )}
          {current && <StepCode regions={regions} region={current.region} />}
        </div>
      </div>
    </div>
  );
}

function Choice({ pass }: { pass: ForwardPass }) {
  const { digit, network } = pass.place.value;
  const digits = pass.digits.value;
  return (
    <div class="stepper-choice">
      <label>
        Digit
        <input
          type="number"
          min={0}
          max={digits ? digits.count - 1 : undefined}
          value={digit}
          onChange={(event) =>
            pass.chooseDigit(Math.max(0, Math.floor(event.currentTarget.valueAsNumber) || 0))
          }
        />
      </label>
      <label>
        Network
        <select
          value={network}
          onChange={(event) => pass.chooseNetwork(event.currentTarget.value as ShippedName)}
        >
          {shippedNetworks.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {digits && <p class="quiet">A test image, labelled {digits.labels[digit]}.</p>}
    </div>
  );
}

function Strips({ pass }: { pass: ForwardPass }) {
  const trace = pass.pass.value;
  const layers = trace ? Array.from({ length: trace.depth }, (_, l) => l + 1) : [1, 2, 3];
  const opened = pass.opened.value;
  const strip = (quantity: Quantity, letter: string, layer: number, name: string) => (
    <Strip
      key={`${quantity} ${layer}`}
      name={name}
      symbol={letter}
      values={trace && pass.isKnown(quantity, layer) ? trace.values(quantity, layer) : undefined}
      scale={quantity === 'preActivation' ? 'weight' : 'ink'}
      opened={opened?.quantity === quantity && opened.layer === layer ? opened.row : undefined}
      onOpen={(row) => {
        pass.opened.value = { quantity, layer, row, column: 0 };
      }}
      format={formatNumber}
    />
  );
  return (
    <>
      <div class="strip strip-input">
        <span class="strip-symbol" aria-hidden="true">
          x
        </span>
        <HeatImage
          values={trace?.values('activation', 0)}
          rows={28}
          columns={28}
          scale="ink"
          full={1}
          label="The digit: 784 pixels from 0 to 1"
        />
      </div>
      {layers.map((layer) => {
        const isOutput = layer === layers.length;
        const number = SUPERSCRIPTS[layer]!;
        return [
          strip('preActivation', `z${number}`, layer, `Weighted sums of layer ${layer}`),
          strip(
            'activation',
            isOutput ? 'p' : `a${number}`,
            layer,
            isOutput ? 'Ten probabilities' : `Activations of layer ${layer}`,
          ),
        ];
      })}
      <div class="strip">
        <span class="strip-symbol" aria-hidden="true">
          ℒ
        </span>
        <span class="strip-loss">
          {trace && pass.isKnown('loss', trace.depth)
            ? `loss ${formatNumber(trace.values('loss', trace.depth)[0]!)}`
            : 'not yet computed'}
        </span>
      </div>
    </>
  );
}

/** The loops that did the step, and the line of `Layer.forward` that called them. */
function StepCode({ regions, region }: { regions: Props['regions']; region: string }) {
  const loops = regions[region];
  const around = regions['forward'];
  return (
    <>
      {loops && <CodeView region={loops} />}
      {around?.code.includes(`${region}(`) && <CodeView region={around} active={`${region}(`} />}
    </>
  );
}
