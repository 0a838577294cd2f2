import '../figures/controls.css';
import '../figures/segments.css';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { formatShare } from '../../explain/numbers.ts';
import { placesAlong } from '../../lib/experiments/principal.ts';
import { findOwnDrawing, ownDrawingImage } from '../../state/digits/own-drawing.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { DrawOwn } from '../figures/DrawOwn.tsx';
import { AskedNetwork } from './AskedNetwork.tsx';
import {
  type LastLayer,
  POINTS,
  describeLastLayer,
  hiddenOf,
  lookAtLastLayer,
  shareSeen,
} from './last-layer.ts';
import { type NeighbourMapping, createNeighbourMapping, describeShadows } from './neighbour-map.ts';
import { Scatter } from './Scatter.tsx';
import { createTask } from './task.ts';
import { useFirst } from './useFirst.ts';

/** The digits where the last hidden layer puts them. */
export function LastLayerIsland() {
  const task = useMemo(() => createTask(lookAtLastLayer, 'The last layer cannot be shown'), []);
  const layer = task.result.value;
  const asked = useFirst(layer && 100 * shareSeen(layer));
  return (
    <>
      <AskedNetwork task={task} first="original" action="Look" doing="The images are being sent through">
        {layer && `${POINTS} images, ${layer.units} activations each, are laid out.`}
      </AskedNetwork>
      <Prediction
        id="evaluation/two-directions"
        question={
          <p>
            The last hidden layer has many units, a screen two directions. How much of all variation lies
            along the widest two?
          </p>
        }
        min={0}
        max={100}
        step={1}
        unit="%"
        near={5}
        actual={asked}
        afterwards={<p>Which digits lie beside each other here, and are they those that are confused?</p>}
      >
        {layer && <Layouts key={layer.examination.name} layer={layer} />}
      </Prediction>
    </>
  );
}

/** The same digits along two directions, or on a map of who is next to whom. */
function Layouts({ layer }: { layer: LastLayer }) {
  const mapping = useMemo(() => createNeighbourMapping(layer), [layer]);
  const isMap = useSignal(false);
  const own = ownDrawingImage.value;
  const activations = useMemo(() => own && hiddenOf(layer, own), [layer, own]);
  const isDone = mapping.isDone.value;
  useEffect(findOwnDrawing, []);
  useEffect(() => mapping.cancel, [mapping]);
  useEffect(() => void mapping.placeOwn(activations), [activations, isDone]);
  const progress = mapping.progress.value;
  return (
    <>
      <fieldset class="segments">
        <legend>Laid out by</legend>
        <button
          type="button"
          aria-pressed={!isMap.value}
          onClick={() => {
            isMap.value = false;
            mapping.pause();
          }}
        >
          the two widest directions (PCA)
        </button>
        <button
          type="button"
          aria-pressed={isMap.value}
          onClick={() => {
            isMap.value = true;
            void mapping.goOn();
          }}
        >
          who is next to whom (UMAP)
        </button>
      </fieldset>
      {isMap.value ? (
        <MapStatus mapping={mapping} units={layer.units} />
      ) : (
        <p class="run-sentence">{describeLastLayer(layer)}</p>
      )}
      <Scatter
        examination={layer.examination}
        places={isMap.value && progress ? progress.places : layer.places}
        own={isMap.value ? mapping.own.value : activations && placesAlong(activations, layer.found)}
      />
      <DrawOwn hasDrawn={own !== undefined} />
    </>
  );
}

/** How far the map is, and what is done with it. */
function MapStatus({ mapping, units }: { mapping: NeighbourMapping; units: number }) {
  const { progress, isRunning, isDone, shadows, failure } = mapping;
  const [now, done] = [progress.value, shadows.value];
  const runs = isRunning.value && !isDone.value;
  return (
    <>
      <div class="run-controls">
        <button
          type="button"
          aria-disabled={isDone.value}
          onClick={() => {
            if (runs) mapping.pause();
            else void mapping.goOn();
          }}
        >
          {runs ? 'Pause' : now ? 'Go on' : 'Begin'}
        </button>
        <button type="button" aria-disabled={!now} onClick={mapping.cancel}>
          Let it go
        </button>
      </div>
      <p role="status" class="run-sentence">
        {done
          ? describeShadows(done, units)
          : now
            ? `Epoch ${now.epoch} of ${now.epochs}: ${formatShare(now.epoch / now.epochs, 0)} done${runs ? '' : ', paused'}.`
            : runs
              ? 'Each image’s neighbours are being looked for…'
              : 'There is no map: here are the two directions still.'}
      </p>
      {failure.value && (
        <p class="run-trouble" role="alert">
          {failure.value}
        </p>
      )}
    </>
  );
}
