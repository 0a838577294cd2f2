import '../figures/segments.css';
import { useState } from 'preact/hooks';
import { type ArrangementName, arrangementNames } from '../../lib/experiments/plane.ts';
import { ExerciseFrame, type Verdict, useKeptAnswer } from '../exercises/ExerciseFrame.tsx';
import { POINTS_LABELS, describeStraight, straightShares } from './why-bend.ts';

/** Guess first: which arrangements can a network without a bend tell apart? Then it is trained on all three. */
export function StraightGuess({ nextFrame }: { nextFrame: () => Promise<void> }) {
  const { standing, keep, isAlive } = useKeptAnswer('layer/straight-network');
  const [guessed, setGuessed] = useState<readonly ArrangementName[]>([]);
  const [isTrying, setTrying] = useState(false);
  const [verdict, setVerdict] = useState<Verdict | undefined>(undefined);
  const reveal = async () => {
    setTrying(true);
    const shares = await straightShares(nextFrame);
    const isRight = shares.every(({ name, isToldApart }) => guessed.includes(name) === isToldApart);
    setVerdict({ isRight, isShown: !isRight, text: describeStraight(shares) });
    // A set of three as one number: a bit each.
    const given = arrangementNames.reduce((sum, name, n) => sum + (guessed.includes(name) ? 2 ** n : 0), 0);
    keep({ given, isRight });
    setTrying(false);
  };
  const toggle = (name: ArrangementName) =>
    setGuessed(guessed.includes(name) ? guessed.filter((each) => each !== name) : [...guessed, name]);
  return (
    <ExerciseFrame
      kind="Guess first"
      standing={standing}
      question={<p>Which of these can a network tell apart that does not bend? Mark them, or none.</p>}
      verdict={verdict}
    >
      <div class="exercise-fields needs-script">
        <div class="segments">
          {arrangementNames.map((name) => (
            <button
              key={name}
              type="button"
              class="on-paper"
              aria-pressed={guessed.includes(name)}
              aria-disabled={!isAlive || isTrying || verdict !== undefined}
              onClick={() => toggle(name)}
            >
              {POINTS_LABELS[name]}
            </button>
          ))}
        </div>
        <button
          type="button"
          aria-disabled={!isAlive || isTrying || verdict !== undefined}
          onClick={() => void reveal()}
        >
          {isTrying ? 'Training three…' : 'Reveal'}
        </button>
      </div>
    </ExerciseFrame>
  );
}
