import { useMemo } from 'preact/hooks';
import { createOneLesson } from '../../state/one-lesson.ts';
import { DigitImage } from '../figures/HeatImage.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { Slider } from '../layer/Slider.tsx';
import { Bars } from '../pad/Bars.tsx';

/** One digit taught again and again, with a meter over the 10,000 others. */
export function OneLessonIsland() {
  const teaching = useMemo(createOneLesson, []);
  const { lesson, learningRate, chosen, misread, label, past } = teaching;
  const now = lesson.value;
  return (
    <div class="experiment">
      <div class="lesson">
        <div>
          <DigitImage
            image={teaching.image.value}
            label={label.value === undefined ? 'No digit yet' : `A ${label.value} that is read wrong`}
          />
          <Slider
            label="Which of those it reads wrong"
            min={0}
            max={Math.max(0, misread.value.length - 1)}
            step={1}
            value={chosen.value}
            onChange={teaching.choose}
          />
        </div>
        <Bars probabilities={now?.probabilities} digit={now?.read} />
        <dl class="lesson-meter">
          <dt>steps</dt>
          <dd>{now?.steps ?? '–'}</dd>
          <dt>loss of this digit</dt>
          <dd>{now ? now.loss.toPrecision(3) : '–'}</dd>
          <dt>test digits read right</dt>
          <dd>{now ? now.right.toLocaleString('en') : '–'}</dd>
          <dt>broken</dt>
          <dd>{now ? now.broken.toLocaleString('en') : '–'}</dd>
          <dt>mended</dt>
          <dd>{now ? now.mended.toLocaleString('en') : '–'}</dd>
        </dl>
      </div>
      <div class="run-controls needs-script">
        {now ? (
          <>
            <button type="button" class="primary" onClick={teaching.step}>
              One step on this digit
            </button>
            <button type="button" disabled={now.steps === 0} onClick={teaching.again}>
              The network as it was
            </button>
          </>
        ) : (
          <button
            type="button"
            class="primary"
            disabled={teaching.isLoading.value}
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
          text={learningRate.value.toPrecision(2)}
          onChange={(power) => {
            learningRate.value = 10 ** power;
          }}
        />
      </div>
      <p role="status" class="run-sentence">
        {teaching.failure.value ??
          (now
            ? now.read === label.value
              ? `Learnt: the ${label.value} is read as a ${now.read}. It cost ${now.broken} others, and mended ${now.mended}.`
              : `The ${label.value} is read as a ${now.read}.`
            : ' ')}
      </p>
      {past.value.length > 0 && (
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
              {past.value.map(({ row, learningRate: rate, steps, read, broken, mended }, n) => (
                <tr key={n}>
                  <td>test image {row}</td>
                  <td>{rate.toPrecision(2)}</td>
                  <td>{steps}</td>
                  <td>{read === teaching.digits.value!.labels[row] ? 'yes' : 'no'}</td>
                  <td>{broken}</td>
                  <td>{mended}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </div>
  );
}
