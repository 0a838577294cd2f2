import './LessonMeter.css';
import { formatCount, formatSignificant } from '../../explain/numbers.ts';
import type { Lesson } from '../../state/run/teaching.ts';

/** What teaching one digit has done to it, and to the 10,000 test digits. */
export function LessonMeter({ lesson }: { lesson: Lesson | undefined }) {
  const count = (value: number | undefined) => (value === undefined ? '–' : formatCount(value));
  return (
    <dl class="lesson-meter">
      <dt>steps</dt>
      <dd>{lesson?.steps ?? '–'}</dd>
      <dt>loss of this digit</dt>
      <dd>{lesson ? formatSignificant(lesson.loss) : '–'}</dd>
      <dt>test digits read right</dt>
      <dd>{count(lesson?.right)}</dd>
      <dt>broken</dt>
      <dd>{count(lesson?.broken)}</dd>
      <dt>mended</dt>
      <dd>{count(lesson?.mended)}</dd>
    </dl>
  );
}
