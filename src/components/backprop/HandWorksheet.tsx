import '../figures/paper.css';
import '../figures/matrix.css';
import './SmallNetwork.css';
import type { Ref } from 'preact';
import type { ByHand, Sheet } from './by-hand.ts';
import { formatNumber } from '../../explain/numbers.ts';

/** The small network on paper: what is given, the blanks in their order, and the answers on a page of their own. */
export function HandWorksheet({ hand, sheet }: { hand: ByHand; sheet: Ref<HTMLDivElement> }) {
  const parts = hand.parts.value;
  return (
    <div ref={sheet} class="hand-worksheet">
      <GivenNumbers sheet={hand.sheet.value} />
      {parts.map(({ title, rule, blanks }) => (
        <section key={title}>
          <h3>{title}</h3>
          <p>{rule}</p>
          <p>
            {blanks.map(({ name }) => (
              <span key={name} class="hand-blank">
                {name} = <span class="paper-blank" />
              </span>
            ))}
          </p>
        </section>
      ))}
      <section class="paper-answers" aria-label="Answers, on the second page">
        <h3>Answers</h3>
        {parts.map(({ title, blanks }) => (
          <p key={title}>
            {title}: {blanks.map(({ name, answer }) => `${name} = ${formatNumber(answer)}`).join(', ')}
          </p>
        ))}
      </section>
    </div>
  );
}

function GivenNumbers({ sheet: { x, W1, b1, W2, b2, label } }: { sheet: Sheet }) {
  return (
    <div class="by-hand-given">
      <Matrix name="x" rows={x.map((value) => [value])} />
      <Matrix name="W¹" rows={W1} />
      <Matrix name="b¹" rows={b1.map((value) => [value])} />
      <Matrix name="W²" rows={W2} />
      <Matrix name="b²" rows={b2.map((value) => [value])} />
      <Matrix name="y" rows={[0, 1].map((k) => [k === label ? 1 : 0])} />
    </div>
  );
}

function Matrix({ name, rows }: { name: string; rows: readonly (readonly number[])[] }) {
  return (
    <table class="matrix">
      <caption>{name}</caption>
      <tbody>
        {rows.map((row, j) => (
          <tr key={j}>
            {row.map((value, k) => (
              <td key={k}>{formatNumber(value)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
