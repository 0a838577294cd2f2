import './WhyBend.css';
import '../figures/controls.css';
import '../figures/segments.css';
import { useMemo } from 'preact/hooks';
import { REACH } from '../../lib/experiments/plane.ts';
import { ActivationChoice } from '../figures/ActivationChoice.tsx';
import { HeatImage } from '../figures/HeatImage.tsx';
import { Slider } from '../figures/Slider.tsx';
import { PlaneMarks } from './PlaneMarks.tsx';
import { StraightGuess } from './StraightGuess.tsx';
import { KINDS, POINTS_LABELS, type PointsName, SIDE, createWhyBend, describePlace } from './why-bend.ts';

const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

/** Two kinds of points, and a network that learns to tell them apart: with a bend, and without. */
export function WhyBendIsland() {
  const plane = useMemo(() => createWhyBend(nextFrame), []);
  const { activation, units } = plane.setup.value;
  const picture = plane.picture.value;
  const place = plane.place.value;
  const describe = (index: number) => describePlace(index, picture, plane.points.value);
  return (
    <div class="plane">
      <StraightGuess nextFrame={nextFrame} />
      <HeatImage
        values={picture.surface}
        rows={SIDE}
        columns={SIDE}
        scale="weight"
        full={1}
        label={`What the network says of each place, from −${REACH} to ${REACH} both ways. The arrow keys move, Enter adds a point.`}
        pointed={place}
        onPoint={plane.point}
        onChoose={plane.add}
        describe={describe}
      >
        <PlaneMarks
          points={plane.points.value}
          right={picture.right}
          folds={activation === 'linear' ? [] : picture.folds}
        />
      </HeatImage>
      <div class="plane-controls needs-script">
        <fieldset class="segments">
          <legend>Points</legend>
          {(Object.keys(POINTS_LABELS) as PointsName[]).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === plane.pointsName.value}
              onClick={() => plane.choosePoints(name)}
            >
              {POINTS_LABELS[name]}
            </button>
          ))}
        </fieldset>
        <fieldset class="segments">
          <legend>A click adds</legend>
          {([0, 1] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              aria-pressed={kind === plane.kind.value}
              onClick={() => plane.chooseKind(kind)}
            >
              {KINDS[kind]}
            </button>
          ))}
        </fieldset>
        <ActivationChoice
          names={['linear', 'relu', 'tanh']}
          value={activation}
          onChange={plane.chooseActivation}
        />
        <Slider label="Hidden units" min={1} max={8} step={1} value={units} onChange={plane.chooseUnits} />
        <div class="run-controls">
          <button
            type="button"
            class="primary"
            aria-disabled={!plane.canTrain.value}
            onClick={() => void plane.train()}
          >
            Train
          </button>
          <button
            type="button"
            aria-disabled={!plane.canTrain.value}
            onClick={() => void plane.trainFromAnotherSeed()}
          >
            New seed
          </button>
        </div>
      </div>
      <p class="plane-said" role="status">
        {place !== undefined && !plane.isTraining.value ? describe(place) : plane.said.value}
      </p>
    </div>
  );
}
