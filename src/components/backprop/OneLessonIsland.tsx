import '../figures/controls.css';
import './experiment.css';
import { useMemo } from 'preact/hooks';
import type { Lesson } from '../../state/run/teaching.ts';
import { createOneLesson } from './one-lesson.ts';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { LessonMeter } from '../figures/LessonMeter.tsx';
import { PastLessons } from '../figures/PastLessons.tsx';
import { Slider } from '../figures/Slider.tsx';
import { Bars } from '../figures/Bars.tsx';
import { formatCount, formatSignificant } from '../../explain/numbers.ts';

/** One digit taught again and again, with a meter over the 10,000 others. */
export function OneLessonIsland() {
  const teaching = useMemo(createOneLesson, []);
  const { lesson, learningRate, pick, past } = teaching;
  const [now, label] = [lesson.value, pick.label.value];
  return (
    <div class="experiment">
      <DigitPicker pick={pick} onChange={() => void teaching.takeDigit()} isPictured />
      <div class="lesson">
        <Bars probabilities={now?.probabilities} digit={now?.read} />
        <LessonMeter lesson={now} />
      </div>
      <div class="run-controls needs-script">
        {now ? (
          <>
            <button type="button" class="primary" onClick={() => void teaching.step()}>
              One step on this digit
            </button>
            <button type="button" aria-disabled={now.steps === 0} onClick={() => void teaching.again()}>
              The network as it was
            </button>
          </>
        ) : (
          <button
            type="button"
            class="primary"
            aria-disabled={teaching.isLoading.value}
            onClick={() => void teaching.load()}
          >
            Bring the 10,000 test digits
          </button>
        )}
      </div>
      <div class="sliders needs-script">
        <Slider
          label="Learning rate"
          min={-4}
          max={0}
          step={0.1}
          value={Math.log10(learningRate.value)}
          text={formatSignificant(learningRate.value, 2)}
          onChange={(power) => teaching.setLearningRate(10 ** power)}
        />
      </div>
      <p role="status" class="run-sentence">
        {teaching.failure.value ?? (now && label !== undefined ? describeLesson(now, label) : ' ')}
      </p>
      <PastLessons past={past.value} />
    </div>
  );
}

function describeLesson({ steps, read, broken, mended }: Lesson, label: number): string {
  if (read !== label) return `The ${label} is read as a ${read}.`;
  if (steps === 0) return `The ${label} is read as a ${read} already.`;
  return `Learnt: the ${label} is read as a ${read}. It cost ${formatCount(broken)} others, and mended ${formatCount(mended)}.`;
}
