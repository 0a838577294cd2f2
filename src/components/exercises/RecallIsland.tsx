import './exercise.css';
import './Recall.css';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { readNumber } from '../../lib/written-number.ts';
import { Random } from '../../lib/nn/random.ts';
import { type RecallName, type RecallQuestion, recallQuestion } from '../../explain/recall.ts';
import { formatNumber } from '../../explain/numbers.ts';
import { recallSource } from '../../state/pass/recall-source.ts';
import { dueQuestions, keepRecall, keptStandings, today } from '../../state/store/recall.ts';
import { judgeNumber } from './numeric.ts';

/** Questions that a chapter begins with. */
const COUNT = 2;

interface Asked {
  readonly name: RecallName;
  readonly question: RecallQuestion;
}

type Questions =
  | { readonly status: 'folded' | 'coming' | 'none' }
  | { readonly status: 'failed'; readonly why: string }
  | { readonly status: 'asked'; readonly isOwn: boolean; readonly asked: readonly Asked[] };

/** Two questions from earlier chapters, with new numbers, for those who open it. */
export function RecallIsland({ chapter }: { chapter: number }) {
  const [questions, setQuestions] = useState<Questions>({ status: 'folded' });
  const ask = async () => {
    const names = dueQuestions(chapter, keptStandings(), today(), COUNT);
    if (names.length === 0) return setQuestions({ status: 'none' });
    setQuestions({ status: 'coming' });
    try {
      const random = new Random(Date.now() >>> 0);
      const { isOwn, ...source } = await recallSource(random);
      const asked = names.map((name) => ({ name, question: recallQuestion(name, source, random) }));
      setQuestions({ status: 'asked', isOwn, asked });
    } catch (error) {
      setQuestions({ status: 'failed', why: (error as Error).message });
    }
  };
  const fold = useRef<HTMLDetailsElement>(null);
  // It may have been opened before the page was alive.
  useEffect(() => {
    if (fold.current!.open) void ask();
  }, []);
  return (
    <details
      ref={fold}
      class="recall"
      onToggle={(event) => {
        const isNew = questions.status === 'folded' || questions.status === 'failed';
        if (event.currentTarget.open && isNew) void ask();
      }}
    >
      <summary>Two questions from before</summary>
      <Body questions={questions} />
    </details>
  );
}

function Body({ questions }: { questions: Questions }) {
  switch (questions.status) {
    case 'folded':
    case 'coming':
      return <p role="status">A network is asked for new numbers…</p>;
    case 'none':
      return <p role="status">Nothing is due today: what you know is asked again in some days.</p>;
    case 'failed':
      return <p role="alert">There are no new numbers: {questions.why} Fold it up and open it again.</p>;
    case 'asked':
      return (
        <>
          <p class="quiet">
            Ten seconds each, out of your head or on a scrap of paper. To be asked again after a while feels
            harder than to read on, and stays longer. The numbers come from a pass of{' '}
            {questions.isOwn ? 'your own network' : 'the network of these chapters'}, rounded.
          </p>
          {questions.asked.map((each) => (
            <Question key={each.name} {...each} />
          ))}
        </>
      );
  }
}

function Question({ name, question }: Asked) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<{ readonly isRight: boolean; readonly text: string } | undefined>(
    undefined,
  );
  const isAnswered = useRef(false);
  const { text, answer, tolerance, slips, why } = question;
  const check = (event: Event) => {
    event.preventDefault();
    const given = readNumber(field.current!.value);
    const verdict = judgeNumber(given, { answer, tolerance, slips, hint: why });
    setSaid(verdict.isRight ? { isRight: true, text: why } : verdict);
    // The first answer says what is known: later ones are practice.
    if (Number.isFinite(given) && !isAnswered.current) {
      isAnswered.current = true;
      keepRecall(name, verdict.isRight);
    }
  };
  useEffect(() => {
    isAnswered.current = false;
    setSaid(undefined);
  }, [question]);
  return (
    <form class="recall-question" onSubmit={check}>
      <label for={id}>{text}</label>
      <span class="exercise-fields">
        <input ref={field} id={id} type="text" inputMode="decimal" autoComplete="off" />
        <button type="submit">Check</button>
      </span>
      <p role="status" class="exercise-verdict">
        {said && (
          <>
            <strong>{said.isRight ? `Right, ${formatNumber(answer)}.` : 'Not yet.'}</strong> {said.text}
          </>
        )}
      </p>
    </form>
  );
}
