import { useEffect, useState } from 'preact/hooks';
import type { SetupName } from '../../lib/training/setup.ts';
import { firstSetup } from '../../state/run-history.ts';
import { readersRun } from '../../state/run.ts';
import { UnitPictures } from '../figures/UnitPictures.tsx';
import { LayerSpreads, MisreadStrip } from './NetworkLook.tsx';
import { RunControls } from './RunControls.tsx';
import { RunCurves } from './RunCurves.tsx';
import { SetupForm } from './SetupForm.tsx';
import { WatchedStep } from './WatchedStep.tsx';

const OPTIONS: readonly SetupName[] = [
  'layers',
  'activation',
  'initializer',
  'optimizer',
  'learningRate',
  'schedule',
  'batchSize',
  'epochs',
  'validation',
  'seed',
];

/** The training console: the real network on all the digits, in this tab. */
export function TrainingConsoleIsland() {
  const run = readersRun;
  const [isAlive, setAlive] = useState(false);
  useEffect(() => {
    setAlive(true);
    void run.restore();
  }, []);
  // The first drawing is as it was built, whatever another figure of the page has done since.
  const setup = isAlive ? run.setup.value : firstSetup;
  const look = isAlive ? run.look.value : undefined;
  const model = isAlive ? run.model.value : undefined;
  const watched = run.watched.value;
  return (
    <div class="console">
      <fieldset class="plain" disabled={!isAlive}>
        <SetupForm
          setup={setup}
          names={OPTIONS}
          action="Begin with this set-up"
          warning={run.epochs.value.length > 0 ? 'The run so far will be let go.' : undefined}
          onApply={run.choose}
        />
        <RunControls run={run} />
      </fieldset>
      <RunCurves points={run.points.value} epochs={run.epochs.value} />
      {isAlive && watched && <WatchedStep watched={watched} setup={setup} />}
      <h3>The first layer, one picture for each unit</h3>
      <UnitPictures
        values={look?.firstWeights ?? model?.layers[0]?.weights}
        units={setup.layers[1]!}
        scale="weight"
        label="Weights of unit"
      />
      <h3>{setup.validation > 0 ? 'Held back, and read wrong at the moment' : 'Read wrong at the moment'}</h3>
      <MisreadStrip misread={look?.misread ?? []} />
      <h3>Weights and gradients, layer by layer</h3>
      <LayerSpreads look={look} layers={setup.layers.length - 1} />
    </div>
  );
}
