import './race-table.css';
import { formatSignificant } from '../../explain/numbers.ts';
import type { PastLesson } from '../../state/run/teaching.ts';
import { ScrollBox } from './ScrollBox.tsx';

/** Lessons that are over: cheap teaching beside dear. */
export function PastLessons({ past }: { past: readonly PastLesson[] }) {
  if (past.length === 0) return null;
  return (
    <ScrollBox label="What has been tried">
      <table class="race-table">
        <thead>
          <tr>
            <th scope="col">digit</th>
            <th scope="col">learning rate</th>
            <th scope="col">steps</th>
            <th scope="col">learnt</th>
            <th scope="col">broken</th>
            <th scope="col">mended</th>
          </tr>
        </thead>
        <tbody>
          {past.map(({ digit, learningRate, steps, isLearnt, broken, mended }, n) => (
            <tr key={n}>
              <td>{digit}</td>
              <td>{formatSignificant(learningRate, 2)}</td>
              <td>{steps}</td>
              <td>{isLearnt ? 'yes' : 'no'}</td>
              <td>{broken}</td>
              <td>{mended}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
