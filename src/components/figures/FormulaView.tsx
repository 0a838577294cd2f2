import './FormulaView.css';
import { notation } from '../../lib/notation.ts';
import type { Cell } from '../../lib/nn/origin.ts';
import { inspect, isInspected } from '../../state/pass/inspection.ts';
import type { FormulaPart, Letter } from '../../explain/pass-formulas.ts';
import { formatExact } from '../../explain/numbers.ts';

interface Props {
  parts: readonly FormulaPart[];
  /** What stands in the slots under the letters. */
  slots: 'shapes' | 'values';
  /** Called with a number of the formula that the reader chooses. */
  onOpen?: (cell: Cell) => void;
}

/** A formula whose letters have their shapes, or their values, in slots below them. */
export function FormulaView({ parts, slots, onOpen }: Props) {
  return (
    <div class={`formula formula-${slots}`}>
      {parts.map((part, n) =>
        typeof part === 'string' ? (
          <span key={`${n} ${part}`} class="formula-sign notranslate">
            {part}
          </span>
        ) : (
          <LetterSlot key={`${n} ${part.quantity}`} letter={part} onOpen={onOpen} />
        ),
      )}
    </div>
  );
}

function LetterSlot({ letter, onOpen }: { letter: Letter; onOpen: Props['onOpen'] }) {
  const { quantity, layer, slot, cell, value } = letter;
  const { spoken, layered, code } = notation[quantity];
  const place = [layered ? `of layer ${layer}` : '', letter.index ? `at ${letter.index}` : ''];
  const name = [spoken, ...place].filter(Boolean).join(' ');
  const look = () => inspect(quantity, layered ? layer : undefined);
  return (
    <button
      type="button"
      class={`on-paper letter ${isInspected(quantity, layer) ? 'lit' : ''}`}
      title={value === undefined ? name : `${name}, exactly ${formatExact(value)}`}
      onPointerEnter={look}
      onPointerLeave={() => inspect(undefined)}
      onFocus={look}
      onBlur={() => inspect(undefined)}
      onClick={() => cell && onOpen?.(cell)}
    >
      <span class="visually-hidden">{name}: </span>
      <LetterText letter={letter} />
      <span class="letter-slot notranslate">{slot}</span>
      <span class="visually-hidden">, in the code {code}</span>
    </button>
  );
}

/** A letter as formulas have it: the layer above, the place below. */
export function LetterText({ letter }: { letter: Letter }) {
  const { letter: text, layered } = notation[letter.quantity];
  return (
    <span class="letter-text notranslate" aria-hidden="true">
      <i>{text}</i>
      <span class="letter-marks">
        <sup>
          {layered ? `(${letter.layer})` : ''}
          {letter.isTransposed ? ' T' : ''}
        </sup>
        <sub>{letter.index ?? ''}</sub>
      </span>
    </span>
  );
}
