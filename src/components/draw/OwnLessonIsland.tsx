import '../figures/controls.css';
import './OwnLesson.css';
import { useEffect, useMemo } from 'preact/hooks';
import { formatSignificant } from '../../explain/numbers.ts';
import { findDrawnDigits, keepDrawnDigit } from '../../state/digits/drawn-digits.ts';
import { Bars } from '../figures/Bars.tsx';
import { DigitImage } from '../figures/HeatImage.tsx';
import { LessonMeter } from '../figures/LessonMeter.tsx';
import { PastLessons } from '../figures/PastLessons.tsx';
import { Slider } from '../figures/Slider.tsx';
import { useAlive } from '../figures/useAlive.ts';
import { LabelChoice } from '../pad/LabelChoice.tsx';
import * as page from './draw-page.ts';
import { describeOwnLesson } from './draw-words.ts';
import { type OwnLesson, createOwnLesson } from './own-lesson.ts';

/** The reader says what the digit was, and the network learns it, step by step. */
export function OwnLessonIsland() {
  const lesson = useMemo(createOwnLesson, []);
  useEffect(() => void findDrawnDigits(), []);
  return <Desk isAlive={useAlive()} lesson={lesson} />;
}

function Desk({ isAlive, lesson }: { isAlive: boolean; lesson: OwnLesson }) {
  const { drawing } = page;
  const label = isAlive ? page.label.value : undefined;
  const reading = isAlive ? drawing.reading.value : undefined;
  const now = lesson.lesson.value;
  const taught = lesson.taught.value;
  const { strokes } = drawing.sheet.value;
  const cannot = !isAlive || lesson.isBusy.value || !lesson.digit.value;
  const keep = () => {
    if (strokes.length === 0 || label === undefined) return;
    void keepDrawnDigit({ label, strokes });
    drawing.clear();
  };
  return (
    <>
      <LabelChoice label={label} onChange={page.sayLabel} />
      <div class="run-controls needs-script">
        <button type="button" class="primary" aria-disabled={cannot} onClick={() => void lesson.step()}>
          One step
        </button>
        <button type="button" aria-disabled={cannot} onClick={() => void lesson.untilLearnt()}>
          Steps until it is learnt
        </button>
        <button
          type="button"
          aria-disabled={lesson.isBusy.value || !lesson.canUndo.value}
          onClick={() => void lesson.undo()}
        >
          Take that back
        </button>
        <button
          type="button"
          aria-disabled={lesson.isBusy.value || !now || now.steps === 0}
          onClick={() => void lesson.again()}
        >
          The network as it was
        </button>
        <button type="button" aria-disabled={strokes.length === 0 || label === undefined} onClick={keep}>
          Keep the digit
        </button>
      </div>
      <div class="sliders needs-script">
        <label class="own-lesson-mix">
          <input
            type="checkbox"
            checked={lesson.isMixed.value}
            onChange={(event) => lesson.mix(event.currentTarget.checked)}
          />
          among ten others
        </label>
        <Slider
          label="Learning rate"
          min={-4}
          max={0}
          step={0.1}
          value={Math.log10(lesson.learningRate.value)}
          text={formatSignificant(lesson.learningRate.value, 2)}
          onChange={(power) => lesson.setLearningRate(10 ** power)}
        />
      </div>
      <div class="own-lesson">
        <DigitImage
          image={taught?.digit.values ?? reading?.image}
          label={taught ? `The digit that is taught, a ${taught.digit.labels[0]}` : 'The digit on the pad'}
        />
        <div>
          <h3>Before</h3>
          <Bars
            probabilities={taught?.before ?? reading?.probabilities}
            digit={taught ? largest(taught.before) : reading?.digit}
          />
        </div>
        <div>
          <h3>
            {now && now.steps > 0 ? `After ${now.steps} ${now.steps === 1 ? 'step' : 'steps'}` : 'After'}
          </h3>
          <Bars
            probabilities={taught && now ? now.probabilities : undefined}
            digit={taught && now ? now.read : undefined}
          />
        </div>
        <LessonMeter lesson={now} />
      </div>
      <p class="run-sentence" aria-live="polite">
        {lesson.failure.value ?? describeOwnLesson(lesson)}
      </p>
      <PastLessons past={lesson.past.value} />
    </>
  );
}

function largest(probabilities: readonly number[]): number {
  return probabilities.indexOf(Math.max(...probabilities));
}
