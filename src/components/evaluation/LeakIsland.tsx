import '../figures/race-table.css';
import { useMemo } from 'preact/hooks';
import { Prediction } from '../exercises/Prediction.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { describeAccuracy } from './accuracy.ts';
import { HONEST_EPOCHS, type Marks, TEST_IMAGES, TRAINING_IMAGES, describeLeak, makeLeak } from './leak.ts';
import { TaskButton } from './TaskButton.tsx';
import { TaskRow } from './TaskRow.tsx';
import { createTask } from './task.ts';

/** A network whose test score is too good, and how that is found out. */
export function LeakIsland() {
  const task = useMemo(() => createTask(makeLeak, 'The network could not be made'), []);
  const found = task.result.value;
  return (
    <>
      <TaskRow
        task={task}
        doing="All 70,000 images are fetched, and a network learns"
        found={
          found && `It reads ${describeAccuracy(found.leaky.test, TEST_IMAGES)} of the test images right.`
        }
      >
        <TaskButton
          task={task}
          isPrimary
          isDone={found !== undefined}
          onBegin={() => void task.begin(undefined)}
        >
          Make the network
        </TaskButton>
      </TaskRow>
      <Prediction
        id="evaluation/the-leak"
        question={
          <p>
            The training images are those that it is said to have learnt from. How many of them does it read
            right?
          </p>
        }
        min={90}
        max={100}
        step={0.1}
        unit="%"
        decimals={2}
        near={0.5}
        actual={found && (100 * found.leaky.train) / TRAINING_IMAGES}
        afterwards={<p>Worse on what it learnt from than on what it has never seen. How can that be?</p>}
      >
        {found && (
          <>
            <p role="status">{describeLeak(found)}</p>
            <ScrollBox label="Marks on both sets">
              <table class="race-table">
                <thead>
                  <tr>
                    <th scope="col">network</th>
                    <th scope="col">training images</th>
                    <th scope="col">test images</th>
                  </tr>
                </thead>
                <tbody>
                  <Row name="the one made here" marks={found.leaky} />
                  <Row name={`the same, after its first ${HONEST_EPOCHS} epochs`} marks={found.honest} />
                  <Row name="the network of these chapters" marks={found.original} />
                </tbody>
              </table>
            </ScrollBox>
          </>
        )}
      </Prediction>
    </>
  );
}

function Row({ name, marks }: { name: string; marks: Marks }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{describeAccuracy(marks.train, TRAINING_IMAGES)}</td>
      <td>{describeAccuracy(marks.test, TEST_IMAGES)}</td>
    </tr>
  );
}
