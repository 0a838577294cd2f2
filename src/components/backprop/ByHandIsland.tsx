import { useId, useMemo } from 'preact/hooks';
import { printAlone } from '../../state/print-alone.ts';
import { type Blank, type Sheet, createByHand, judgeBlank } from '../../state/by-hand.ts';

/** A worksheet of round numbers: each blank is checked as it is filled in. It prints, with the answers on a page of their own. */
export function ByHandIsland() {
  const hand = useMemo(createByHand, []);
  const { sheet, parts, texts, right } = hand;
  const isDone = right.value.count === right.value.of;
  return (
    <div class="by-hand">
      <GivenNumbers sheet={sheet.value} />
      {parts.value.map(({ title, rule, blanks }) => (
        <fieldset key={title} class="by-hand-part">
          <legend>{title}</legend>
          <p class="quiet">{rule}</p>
          <div class="by-hand-blanks">
            {blanks.map((each) => (
              <Field
                key={`${hand.at.value} ${each.id}`}
                blank={each}
                text={texts.value[each.id] ?? ''}
                onWrite={hand.write}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <p role="status" class="run-sentence">
        {right.value.count} of {right.value.of} are right.
        {isDone ? ' You have done by hand what the library does.' : ''}
      </p>
      <p class="run-controls needs-script">
        <button type="button" onClick={(event) => void printAlone(event.currentTarget)}>
          Print the worksheet
        </button>
        <button type="button" onClick={hand.next}>
          Other numbers
        </button>
      </p>
      <section class="by-hand-answers" aria-label="Answers, on the second page">
        <h3>Answers</h3>
        {parts.value.map(({ title, blanks }) => (
          <p key={title}>
            {title}: {blanks.map(({ name, answer }) => `${name} = ${text(answer)}`).join(', ')}
          </p>
        ))}
      </section>
    </div>
  );
}

function Field({
  blank,
  text: given,
  onWrite,
}: {
  blank: Blank;
  text: string;
  onWrite: (id: string, text: string) => void;
}) {
  const id = useId();
  const verdict = judgeBlank(blank, given);
  return (
    <div
      class={
        verdict
          ? verdict.isRight
            ? 'by-hand-blank by-hand-right'
            : 'by-hand-blank by-hand-wrong'
          : 'by-hand-blank'
      }
    >
      <label for={id}>{blank.name} =</label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        value={given}
        aria-invalid={verdict !== undefined && !verdict.isRight}
        aria-describedby={`${id}-says`}
        onChange={(event) => onWrite(blank.id, event.currentTarget.value)}
      />
      <small id={`${id}-says`} aria-live="polite">
        {verdict?.says ?? ''}
      </small>
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
              <td key={k}>{text(value)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const text = (value: number) => String(value).replace('-', '−');
