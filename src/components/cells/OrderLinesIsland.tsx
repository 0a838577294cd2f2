import '../exercises/exercise.css';
import './OrderLines.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CellRun } from '../../state/cells/notebook.ts';
import { pageNotebook } from '../../state/cells/page-notebook.ts';
import { ExerciseFrame, TRIES, type Verdict, useKeptAnswer } from '../exercises/ExerciseFrame.tsx';
import { useAlive } from '../figures/useAlive.ts';
import { CheckedAnswer } from './CheckedAnswer.tsx';
import { type Order, added, describeMissing, moved, orderIn, removed } from './order-lines.ts';

interface Props {
  name: string;
  needs: readonly string[];
  page: string;
  place: number;
  /** All lines, right and wrong, in an order that tells nothing. */
  heap: readonly string[];
  /** What stands before and after the chosen lines. */
  frame: readonly [before: string, after: string];
  right: readonly string[];
  children?: ComponentChildren;
}

/** Lines of code to be chosen and put in order; what they make is run and tried like any answer in code. */
export function OrderLinesIsland({ name, needs, page, place, heap, frame, right, children }: Props) {
  const isAlive = useAlive();
  const id = `${page}/${name}`;
  const notebook = pageNotebook(page);
  const cell = useMemo(() => notebook.make(name, frame.join('\n'), place), [notebook, name]);
  useEffect(() => notebook.put(cell), [notebook, cell]);
  const { standing, keep } = useKeptAnswer(id);
  const [tries, setTries] = useState(0);
  const [wasShown, setWasShown] = useState(false);
  const part = useRef<HTMLDivElement>(null);

  const order = isAlive ? orderIn(cell.code.value, heap) : [];
  const left = heap.flatMap((_, n) => (order.includes(n) ? [] : [n]));
  const run = cell.run.value;
  const ended = run?.status === 'ended' && run.code === cell.code.value ? run : undefined;
  useEffect(() => {
    if (!ended) return;
    const isRight = ended.check?.isRight ?? false;
    if (!isRight) setTries((before) => before + 1);
    keep({ given: Number(isRight), isRight: isRight && !wasShown, isShown: wasShown });
  }, [ended]);

  const choose = (next: Order) => {
    const lines = next.map((n) => `  ${heap[n]}`);
    notebook.edit(cell, [frame[0], ...lines, frame[1]].join('\n'));
  };
  const show = () => {
    setWasShown(true);
    choose(right.map((line) => heap.indexOf(line)));
  };
  /**
   * A line that changes its list takes its button along: the focus goes to the nearest that is left. As soon as the
   * lists are drawn, so that it never takes the focus from what the reader has turned to since.
   */
  const nextFocus = useRef<{ list: string; at: number }>();
  useLayoutEffect(() => {
    if (!nextFocus.current) return;
    const { list, at } = nextFocus.current;
    nextFocus.current = undefined;
    const buttons = [...part.current!.querySelectorAll<HTMLElement>(`.${list} [data-line]`)];
    const nearest = buttons[Math.min(at, buttons.length - 1)];
    (nearest ?? part.current!.querySelector<HTMLElement>('.primary'))?.focus();
  }, [order.join()]);
  return (
    <ExerciseFrame
      kind="Exercise: put in order"
      id={id}
      standing={standing}
      onShow={tries >= TRIES || wasShown ? show : undefined}
      question={children}
      verdict={ended && verdictOf(ended, wasShown)}
      evidence={ended?.check && <CheckedAnswer check={ended.check} />}
    >
      <div class="order-lines notranslate" ref={part}>
        <div>
          <p id={`${name}-heap`}>Lines to choose from</p>
          <ul class="order-heap" aria-labelledby={`${name}-heap`}>
            {left.map((n, at) => (
              <li key={n}>
                <button
                  type="button"
                  data-line={n}
                  onClick={() => {
                    nextFocus.current = { list: 'order-heap', at };
                    choose(added(order, n));
                  }}
                >
                  <code>{heap[n]}</code>
                </button>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <p id={`${name}-chosen`}>Your backward</p>
          <pre class="order-frame">{frame[0]}</pre>
          <ol class="order-chosen" aria-labelledby={`${name}-chosen`}>
            {order.map((n, at) => (
              <li key={n}>
                <code>{heap[n]}</code>
                <span class="order-moves">
                  <MoveButton
                    words="up"
                    line={at}
                    isEnd={at === 0}
                    onPress={() => choose(moved(order, at, -1))}
                  />
                  <MoveButton
                    words="down"
                    line={at}
                    isEnd={at === order.length - 1}
                    onPress={() => choose(moved(order, at, 1))}
                  />
                  <button
                    type="button"
                    data-line={n}
                    aria-label={`Take line ${at + 1} out`}
                    onClick={() => {
                      nextFocus.current = { list: 'order-chosen', at };
                      choose(removed(order, at));
                    }}
                  >
                    ✕
                  </button>
                </span>
              </li>
            ))}
          </ol>
          <pre class="order-frame">{frame[1]}</pre>
        </div>
      </div>
      <div class="exercise-fields needs-script">
        <button type="button" class="primary" onClick={() => notebook.check(cell, name, needs)}>
          Check
        </button>
      </div>
    </ExerciseFrame>
  );
}

interface MoveProps {
  words: 'up' | 'down';
  line: number;
  isEnd: boolean;
  onPress: () => void;
}

function MoveButton({ words, line, isEnd, onPress }: MoveProps) {
  return (
    <button
      type="button"
      aria-label={`Move line ${line + 1} ${words}`}
      aria-disabled={isEnd}
      onClick={onPress}
    >
      {words === 'up' ? '↑' : '↓'}
    </button>
  );
}

function verdictOf({ check, failure }: CellRun, isShown: boolean): Verdict {
  if (!check) return { isRight: false, text: describeMissing(failure?.message ?? '') };
  const { isRight, text } = check;
  return { isRight: isRight && !isShown, isShown: isRight && isShown, text };
}
