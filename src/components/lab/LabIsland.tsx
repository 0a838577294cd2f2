import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Setup, type SetupName, defaultSetup } from '../../lib/training/setup.ts';
import { createLab } from '../../state/lab.ts';
import { formatLabAddress } from '../../state/lab-address.ts';
import { presets } from '../../state/lab-presets.ts';
import { LayerSpreads, MisreadStrip } from '../trainer/NetworkLook.tsx';
import { RunControls } from '../trainer/RunControls.tsx';
import { RunCurves } from '../trainer/RunCurves.tsx';
import { SetupForm } from '../trainer/SetupForm.tsx';
import { UnitPictures } from '../figures/UnitPictures.tsx';
import { MachineSpeed } from './MachineSpeed.tsx';
import { NetworkDesk } from './NetworkDesk.tsx';
import { RunsTable } from './RunsTable.tsx';

const OPTIONS: readonly SetupName[] = [
  'layers',
  'activation',
  'initializer',
  'optimizer',
  'learningRate',
  'batchSize',
  'epochs',
  'validation',
  'l2',
  'dropout',
  'examples',
  'seed',
];

/** The lab: any network, any data, all options. */
export function LabIsland() {
  const lab = useMemo(createLab, []);
  const [isAlive, setAlive] = useState(false);
  useEffect(() => {
    setAlive(true);
    lab.begin();
  }, [lab]);
  const { run } = lab;
  const setup = isAlive ? run.setup.value : defaultSetup;
  const look = run.look.value;
  const hasRun = run.epochs.value.length > 0;
  return (
    <div class="lab">
      <fieldset class="plain" disabled={!isAlive}>
        <Presets onChoose={lab.choose} />
        <label class="lab-data needs-script">
          Data
          <select
            value={lab.data.value}
            disabled={!isAlive || !lab.ownDataset.value}
            onChange={(event) => lab.chooseData(event.currentTarget.value as 'mnist' | 'own')}
          >
            <option value="mnist">MNIST: 60,000 digits</option>
            <option value="own">
              {isAlive && lab.ownDataset.value
                ? `Yours: ${lab.ownDataset.value.count.toLocaleString('en')} digits`
                : 'Yours: none yet; draw some, or open a CSV file in chapter 1'}
            </option>
          </select>
        </label>
        {isAlive && lab.addressProblem.value && (
          <p class="run-trouble" role="alert">
            {lab.addressProblem.value}
          </p>
        )}
        <SetupForm
          setup={setup}
          names={OPTIONS}
          action="Begin with this set-up"
          warning={hasRun && run.status.value !== 'finished' ? 'The run so far will be let go.' : undefined}
          onApply={lab.choose}
        >
          <CopyLink setup={setup} />
        </SetupForm>
        {lab.problem.value && (
          <p class="run-trouble" role="alert">
            {lab.problem.value}
          </p>
        )}
        <RunControls run={run} />
      </fieldset>
      <p class="needs-script">
        <button type="button" disabled={!hasRun || run.status.value === 'finished'} onClick={lab.keepRun}>
          Put the run into the table as it is
        </button>
      </p>
      <RunCurves points={run.points.value} epochs={run.epochs.value} />
      <details class="lab-look">
        <summary>The network from the inside</summary>
        <UnitPictures
          values={look?.firstWeights ?? run.model.value?.layers[0]?.weights}
          units={setup.layers[1]!}
          scale="weight"
          label="Weights of unit"
        />
        <MisreadStrip misread={look?.misread ?? []} />
        <LayerSpreads look={look} layers={setup.layers.length - 1} />
      </details>
      <h2>Runs</h2>
      <RunsTable lab={lab} isAlive={isAlive} />
      <NetworkDesk lab={lab} />
      <h2>This machine</h2>
      <MachineSpeed lab={lab} setup={setup} />
    </div>
  );
}

function CopyLink({ setup }: { setup: Setup }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    const link = new URL(formatLabAddress(setup), location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      setSaid('Copied.');
    } catch {
      setSaid(`The browser does not allow it. This is the link: ${link}`);
    }
  };
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        Copy link
      </button>
      <span class="quiet" role="status">
        {said}
      </span>
    </>
  );
}

function Presets({ onChoose }: { onChoose: (setup: Setup) => void }) {
  return (
    <ul class="lab-presets needs-script" aria-label="Presets">
      {presets.map(({ name, story, setup }) => (
        <li key={name}>
          <button type="button" onClick={() => onChoose(setup)}>
            {name}
          </button>
          <p class="quiet">
            {setup.layers.join('-')}. {story}
          </p>
        </li>
      ))}
    </ul>
  );
}
