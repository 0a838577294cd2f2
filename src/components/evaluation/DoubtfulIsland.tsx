import { useMemo } from 'preact/hooks';
import { doubtfulLabels } from '../../lib/data/doubtful-labels.ts';
import { AskedNetwork } from './AskedNetwork.tsx';
import { describeDoubt, describeVotes, doubtAbout } from './doubtful.ts';
import { type Examination, createExamining } from './examination.ts';
import { ReadBlind } from './ReadBlind.tsx';
import { createReadingTest } from './reading-test.ts';
import { testCopy } from './test-copy.ts';

const ROWS = doubtfulLabels.map(({ row }) => row);

/** The labels of the test set that are in doubt: read first, then seen. */
export function DoubtfulIsland() {
  const task = useMemo(createExamining, []);
  const found = task.result.value;
  return (
    <>
      <AskedNetwork task={task} first="original" action="Let me read them" doing="It reads the test images">
        {found && `It has read them. What do you read?`}
      </AskedNetwork>
      {found && <InDoubt key={found.name} examination={found} />}
    </>
  );
}

function InDoubt({ examination: { readings, test: dataset } }: { examination: Examination }) {
  const test = useMemo(() => createReadingTest(ROWS.map((row) => readings[row])), [readings]);
  const answers = test.answers.value;
  const dropped = testCopy.changes.value.filter(
    ({ row, label }) => label === undefined && ROWS.includes(row),
  ).length;
  return (
    <ReadBlind
      title="What do you read?"
      test={test}
      dataset={dataset}
      say={(place) => {
        const { row, label, read } = test.images[place];
        return `you ${answers[place]}, it ${read}; labelled ${label}. Of five people, ${describeVotes(doubtAbout(row))}`;
      }}
    >
      <p role="status">{describeDoubt(test.images, answers, readings)}</p>
      <div class="run-controls">
        <button
          type="button"
          aria-disabled={dropped === ROWS.length}
          onClick={() => {
            if (dropped < ROWS.length) testCopy.drop(ROWS);
          }}
        >
          Drop them from your copy of the test set
        </button>
      </div>
      <p role="status" class="quiet">
        {dropped > 0 &&
          `${dropped} of them are dropped from your copy: the page’s first figure counts without.`}
      </p>
    </ReadBlind>
  );
}
