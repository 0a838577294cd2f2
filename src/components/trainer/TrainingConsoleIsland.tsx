import { useEffect, useMemo } from 'preact/hooks';
import type { SetupName } from '../../lib/training/setup.ts';
import { firstSetup } from '../../state/run/run-history.ts';
import { readersRun } from '../../state/run/run.ts';
import { OnDemand } from '../figures/OnDemand.tsx';
import { UnitPictures } from '../figures/UnitPictures.tsx';
import { LayerSpreads, MisreadStrip } from '../figures/NetworkLook.tsx';
import { RunControls } from '../figures/RunControls.tsx';
import { RunCurves } from '../figures/RunCurves.tsx';
import { SetupForm, useSetupDraft } from '../figures/SetupForm.tsx';
import { createWatchedPass } from './watched-pass.ts';
import { WatchedStep } from './WatchedStep.tsx';
import { useAlive } from '../figures/useAlive.ts';

/** There is nothing to draw on it before there is a network. */
const loadMap = () => import('../map/NetworkMap.tsx').then(({ NetworkMap }) => NetworkMap);

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
export function TrainingConsoleIsland({ digit }: { digit: number }) {
  const run = readersRun;
  const watchedPass = useMemo(() => createWatchedPass(run, digit), [digit]);
  const isAlive = useAlive();
  useEffect(() => {
    void run.restore();
    void watchedPass.begin();
  }, []);
  // The first drawing is as it was built, whatever another figure of the page has done since.
  const setup = isAlive ? run.setup.value : firstSetup;
  const look = isAlive ? run.look.value : undefined;
  const model = isAlive ? watchedPass.model.value : undefined;
  const watched = run.watched.value;
  const draft = useSetupDraft(setup, run.choose);
  return (
    <div class="console">
      <fieldset class="plain" aria-disabled={!isAlive}>
        <SetupForm
          draft={draft}
          names={OPTIONS}
          action="Begin with this set-up"
          warning={run.epochs.value.length > 0 ? 'The run so far will be let go.' : undefined}
        />
        <RunControls run={run} draft={draft} onChoose={run.choose} />
      </fieldset>
      <p class="quiet">
        One test digit in the network as it is at the moment: below each of its numbers the blame for it.
      </p>
      <div class="console-map">
        {model && (
          <OnDemand load={loadMap}>
            {(NetworkMap) => (
              <NetworkMap
                pass={watchedPass.pass.value}
                scope="backward"
                label="One test digit in the network as it is at the moment, forward and back"
              />
            )}
          </OnDemand>
        )}
      </div>
      <RunCurves points={run.points.value} epochs={run.epochs.value} />
      {isAlive && watched && <WatchedStep watched={watched} setup={setup} />}
      <h3>The first layer, one picture for each unit</h3>
      <UnitPictures
        values={model?.layers[0].weights}
        units={setup.layers[1]}
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
