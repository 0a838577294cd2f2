import { useMemo } from 'preact/hooks';
import { formatShare } from '../../explain/numbers.ts';
import { confidentMistakes, leastSure } from '../../lib/experiments/hardest.ts';
import { Prediction } from '../exercises/Prediction.tsx';
import { AskedNetwork } from './AskedNetwork.tsx';
import { DigitList } from './DigitList.tsx';
import { type Examination, createExamining } from './examination.ts';
import { ReadBlind } from './ReadBlind.tsx';
import { ASKED, createReadingTest, describeScore } from './reading-test.ts';
import { useFirst } from './useFirst.ts';

const SHOWN = 12;

/** What a network gets wrong and is sure of; and whether the reader would have read the hardest. */
export function HardestIsland() {
  const task = useMemo(createExamining, []);
  const found = task.result.value;
  const mistakes = useMemo(() => found && confidentMistakes(found.readings, SHOWN), [found]);
  const asked = useFirst(mistakes?.[0] && 100 * mistakes[0].sure);
  return (
    <>
      <AskedNetwork
        task={task}
        first="original"
        action="Find its hardest images"
        doing="It reads the test images"
      >
        {found && `It reads ${found.test.count - found.right} images wrong.`}
      </AskedNetwork>
      <Prediction
        id="evaluation/surest-mistake"
        question={<p>Of the mistake that it is surest of: how sure is it?</p>}
        min={50}
        max={100}
        step={0.5}
        unit="%"
        decimals={2}
        near={1}
        actual={asked}
        afterwards={<p>Which of these labels would you have given?</p>}
      >
        {found && mistakes && (
          <DigitList
            label="The surest mistakes"
            test={found.test}
            rows={mistakes.map(({ row }) => row)}
            say={(_, place) =>
              `${mistakes[place].read}, ${formatShare(mistakes[place].sure, 1)} sure; labelled ${mistakes[place].label}`
            }
          />
        )}
      </Prediction>
      {found && <Hardest key={found.name} examination={found} />}
    </>
  );
}

function Hardest({ examination }: { examination: Examination }) {
  const test = useMemo(() => createReadingTest(leastSure(examination.readings, ASKED)), [examination]);
  const answers = test.answers.value;
  return (
    <ReadBlind
      title="Now you: twenty of the hardest, blind"
      test={test}
      dataset={examination.test}
      say={(place) => {
        const { read, label } = test.images[place];
        return `you ${answers[place]}, it ${read}; labelled ${label}`;
      }}
    >
      <p role="status">{describeScore(test.images, answers)}</p>
    </ReadBlind>
  );
}
