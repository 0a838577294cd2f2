import '../figures/controls.css';
import './SmallNetwork.css';
import { useId, useMemo, useRef } from 'preact/hooks';
import { describeOrigin } from '../../explain/cell-sentences.ts';
import { printAlone } from '../../state/page/print-alone.ts';
import { FormulaView } from '../figures/FormulaView.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { HandWorksheet } from './HandWorksheet.tsx';
import { SmallNetwork } from './SmallNetwork.tsx';
import { type ByHand, createByHand } from './by-hand.ts';
import { formatNumber } from '../../explain/numbers.ts';
import { handFormula } from './hand-formula.ts';

/** A network of two inputs, two units and two outputs, every number in its place: stepped through, then worked out by hand. */
export function ByHandIsland() {
  const hand = useMemo(createByHand, []);
  const sheet = useRef<HTMLDivElement>(null);
  const { mode, known, blanks } = hand;
  return (
    <div class="by-hand">
      <div class="run-controls needs-script">
        <button type="button" aria-pressed={mode.value === 'watch'} onClick={() => hand.chooseMode('watch')}>
          Watch it
        </button>
        <button type="button" aria-pressed={mode.value === 'fill'} onClick={() => hand.chooseMode('fill')}>
          Do it yourself
        </button>
        <button type="button" onClick={hand.otherNumbers}>
          Other numbers
        </button>
        <span class="quiet">
          {known.value} of {blanks.value.length} numbers
        </span>
      </div>
      <ScrollBox label="The network and its numbers">
        <SmallNetwork hand={hand} />
      </ScrollBox>
      <div class="hand-step">{mode.value === 'watch' ? <Watch hand={hand} /> : <Fill hand={hand} />}</div>
      <p class="run-controls needs-script">
        <button type="button" onClick={() => sheet.current && void printAlone(sheet.current)}>
          Print it as a worksheet
        </button>
      </p>
      <HandWorksheet hand={hand} sheet={sheet} />
    </div>
  );
}

function Watch({ hand }: { hand: ByHand }) {
  const { known, blanks, latest, pass } = hand;
  const isOver = known.value === blanks.value.length;
  const go = (to: number) => to >= 0 && to <= blanks.value.length && hand.show(to);
  return (
    <>
      <div class="run-controls needs-script">
        <button type="button" aria-disabled={known.value === 0} onClick={() => go(known.value - 1)}>
          Back
        </button>
        <button type="button" class="primary" aria-disabled={isOver} onClick={() => go(known.value + 1)}>
          Next number
        </button>
        <button type="button" aria-disabled={isOver} onClick={() => go(nextPart(hand))}>
          To the end of this part
        </button>
      </div>
      <p role="status" class="run-sentence">
        {latest.value
          ? describeOrigin(pass.value, latest.value.cell)
          : 'Given are the inputs x, the weights, the biases and the label y. Nothing is computed yet.'}
      </p>
      {latest.value && <FormulaView parts={handFormula(pass.value, latest.value.cell)} slots="values" />}
    </>
  );
}

/** How many numbers are there at the end of the part that the next one belongs to. */
function nextPart({ parts, known }: ByHand): number {
  let count = 0;
  for (const { blanks } of parts.value) {
    count += blanks.length;
    if (count > known.value) return count;
  }
  return count;
}

function Fill({ hand }: { hand: ByHand }) {
  const id = useId();
  const { next, latest, parts, text, verdict } = hand;
  const blank = next.value;
  if (!blank)
    return (
      <p role="status" class="run-sentence">
        All {hand.blanks.value.length} are right. You have done by hand what the library does.
      </p>
    );
  const part = parts.value.find(({ blanks }) => blanks.includes(blank));
  return (
    <form
      class="hand-fill needs-script"
      onSubmit={(event) => {
        event.preventDefault();
        const field = event.currentTarget.elements.namedItem('answer') as HTMLInputElement;
        hand.answer(field.value);
        if (hand.text.peek() === '') event.currentTarget.reset();
      }}
    >
      <p class="quiet">
        {part?.title}: {part?.rule}
      </p>
      <label for={id}>{blank.name} =</label>
      <input
        id={id}
        name="answer"
        type="text"
        inputMode="decimal"
        autocomplete="off"
        defaultValue={text.value}
        aria-invalid={verdict.value !== undefined && !verdict.value.isRight}
        aria-describedby={`${id}-says`}
      />
      <button type="submit" class="primary">
        Check
      </button>
      <p id={`${id}-says`} role="status" class="run-sentence">
        {verdict.value?.says ??
          (latest.value ? `${latest.value.name} = ${formatNumber(latest.value.answer)} is right.` : '')}
      </p>
    </form>
  );
}
