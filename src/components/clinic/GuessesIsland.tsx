import '../figures/race-table.css';
import { type Answer, keptAnswersOf } from '../../state/store/exercises.ts';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { useAlive } from '../figures/useAlive.ts';

const QUESTIONS: Record<string, { asked: string; why: string }> = {
  directions: {
    asked: 'Which outputs ought to rise, which to fall?',
    why: 'Only the label’s output has a target of 1. Did you want to let an output that was right by half alone?',
  },
  'which-picture': {
    asked: 'Which picture is a unit’s gradient?',
    why: 'It is the digit, in the colour of the blame. Did it seem that the weights themselves ought to show?',
  },
  'how-long': {
    asked: 'How many times as long do nudges take as backprop?',
    why: 'One pass forward and one back serve all parameters at once; nudges need two passes for each.',
  },
  'clinic-looks': {
    asked: 'Which of eight networks are ill, by their curves alone?',
    why: 'A network that learns may still be ill: gradient descent forgives a direction that is only roughly right.',
  },
};

/** The guesses of the chapter, against what came out. They never leave this browser. */
export function GuessesIsland() {
  const isAlive = useAlive();
  // The page as it was built knows no reader.
  const answers: Readonly<Record<string, Answer>> = isAlive ? keptAnswersOf('backprop') : {};
  const exercises = Object.keys(answers).filter((id) => !(id.slice('backprop/'.length) in QUESTIONS));
  const solved = exercises.filter((id) => answers[id].isRight).length;
  return (
    <div class="guesses">
      <ScrollBox label="Your guesses">
        <table class="race-table">
          <thead>
            <tr>
              <th scope="col">you were asked</th>
              <th scope="col">you said</th>
              <th scope="col">it was</th>
              <th scope="col">why the gap, if there was one</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(QUESTIONS).map(([id, { asked, why }]) => {
              const answer = answers[`backprop/${id}`];
              return (
                <tr key={id}>
                  <th scope="row">{asked}</th>
                  <td>{answer ? (answer.said ?? answer.given) : 'nothing yet'}</td>
                  <td>{answer && `${answer.truth ?? ''} ${answer.isRight ? '✓ you saw it coming' : ''}`}</td>
                  <td>{answer && !answer.isRight ? why : ''}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
      <p class="quiet">
        Of the other questions of this chapter you have answered {exercises.length}, {solved} of them right.
        All this stays in this browser.
      </p>
    </div>
  );
}
