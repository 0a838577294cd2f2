import './PixelVotes.css';
import { formatShare } from '../../explain/numbers.ts';
import { largestSize } from '../../explain/contributions.ts';
import type { Drawing } from '../../state/digits/drawing.ts';
import { HeatImage } from '../figures/HeatImage.tsx';
import { OpenInNotebook } from '../figures/OpenInNotebook.tsx';
import { describeScore } from './draw-words.ts';
import * as page from './draw-page.ts';

/** What each pixel added to one of the ten scores, and that all of it adds up. */
export function PixelVotes({ drawing }: { drawing: Drawing }) {
  const { votes, scoreOf } = page;
  const found = votes.value;
  const digit = scoreOf.value;
  const reading = drawing.reading.value;
  const probability = digit === undefined ? undefined : reading?.probabilities[digit];
  return (
    <div class="votes">
      <label>
        Score of
        <select
          value={String(digit ?? 0)}
          onChange={(event) => page.chooseScore(Number(event.currentTarget.value))}
        >
          {Array.from({ length: 10 }, (_, k) => (
            <option key={k} value={k}>
              {k}
            </option>
          ))}
        </select>
      </label>
      <HeatImage
        values={found?.votes}
        rows={28}
        columns={28}
        scale="weight"
        full={found ? largestSize(found.votes) : 1}
        label={`What each pixel adds to the score of ${digit ?? 'a digit'}`}
        pointed={drawing.pixel.value}
        onPoint={drawing.point}
      />
      <p class="quiet votes-sum">
        {found && digit !== undefined
          ? `${describeScore(found)}; after softmax ${formatShare(probability ?? 0)}.`
          : 'Orange pixels speak for the answer, blue ones against it.'}
      </p>
      {reading && digit !== undefined && (
        <OpenInNotebook
          from="your drawing, taken apart"
          codes={({ votesCode }) =>
            votesCode({ image: reading.image, label: digit }, drawing.networkName.peek())
          }
        />
      )}
    </div>
  );
}
