import '../figures/controls.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Setup, type SetupName, defaultSetup } from '../../lib/training/setup.ts';
import { type Lab, type LabData, createLab } from '../../state/run/lab.ts';
import { formatLabAddress } from '../../state/run/lab-address.ts';
import { presets } from '../../state/run/lab-presets.ts';
import { LayerSpreads, MisreadStrip } from '../figures/NetworkLook.tsx';
import { RunControls } from '../figures/RunControls.tsx';
import { RunCurves } from '../figures/RunCurves.tsx';
import { SetupForm, useSetupDraft } from '../figures/SetupForm.tsx';
import { UnitPictures } from '../figures/UnitPictures.tsx';
import { MachineSpeed } from './MachineSpeed.tsx';
import { NetworkDesk } from './NetworkDesk.tsx';
import { RunsTable } from './RunsTable.tsx';
import { formatCount } from '../../explain/numbers.ts';
import { useAlive } from '../figures/useAlive.ts';

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
  const isAlive = useAlive();
  useEffect(() => {
    lab.begin();
  }, [lab]);
  const { run } = lab;
  const setup = isAlive ? run.setup.value : defaultSetup;
  const look = run.look.value;
  const draft = useSetupDraft(setup, lab.choose);
  const hasRun = run.epochs.value.length > 0;
  return (
    <div class="lab">
      <fieldset class="plain" aria-disabled={!isAlive}>
        <Presets onChoose={lab.choose} />
        <label class="lab-data needs-script">
          Data
          <select
            value={lab.data.value}
            aria-disabled={!isAlive || !(lab.ownDataset.value || lab.drawnDataset.value)}
            onChange={(event) => lab.chooseData(event.currentTarget.value as LabData)}
          >
            {dataChoices(isAlive ? lab : undefined).map(({ name, text }) => (
              <option key={name} value={name}>
                {text}
              </option>
            ))}
          </select>
        </label>
        {isAlive && lab.addressProblem.value && (
          <p class="run-trouble" role="alert">
            {lab.addressProblem.value}
          </p>
        )}
        <SetupForm
          draft={draft}
          names={OPTIONS}
          action="Begin with this set-up"
          warning={hasRun && run.status.value !== 'finished' ? 'The run so far will be let go.' : undefined}
        >
          <CopyLink read={draft.read} />
        </SetupForm>
        {lab.problem.value && (
          <p class="run-trouble" role="alert">
            {lab.problem.value}
          </p>
        )}
        <RunControls
          run={run}
          draft={draft}
          onChoose={lab.choose}
          digits={lab.data.value === 'own' ? 'yours' : 'train'}
        />
      </fieldset>
      <p class="needs-script">
        <button
          type="button"
          aria-disabled={!hasRun || run.status.value === 'finished'}
          onClick={lab.keepRun}
        >
          Put the run into the table as it is
        </button>
      </p>
      <RunCurves points={run.points.value} epochs={run.epochs.value} />
      <details class="lab-look">
        <summary>The network from the inside</summary>
        <UnitPictures
          values={(look?.model ?? run.model.value)?.layers[0].weights}
          units={setup.layers[1]}
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

/** @param lab nothing while the page is not alive: what is kept in this browser is not known then */
function dataChoices(lab: Lab | undefined): { name: LabData; text: string }[] {
  const [own, drawn] = [lab?.ownDataset.value, lab?.drawnDataset.value];
  const count = (of: { count: number }) => `${formatCount(of.count)} digits`;
  return [
    { name: 'mnist', text: 'MNIST: 60,000 digits' },
    ...(own ? [{ name: 'own' as const, text: `Your file: ${count(own)}` }] : []),
    ...(drawn
      ? [
          { name: 'drawn' as const, text: `Your handwriting: ${count(drawn)}` },
          { name: 'mnist-and-drawn' as const, text: 'MNIST, and yours again and again among them' },
        ]
      : []),
    ...(own || drawn
      ? []
      : [{ name: 'own' as const, text: 'Yours: none yet; draw some, or open a CSV file in chapter 1' }]),
  ];
}

/** @param read gives the set-up that the form says, where it is one */
function CopyLink({ read }: { read: () => Setup | undefined }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    const setup = read();
    if (!setup) return;
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
          <button type="button" class="on-paper" onClick={() => onChoose(setup)}>
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
