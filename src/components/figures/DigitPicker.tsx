import './DigitPicker.css';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { CodedDigit } from '../../explain/figure-code.ts';
import { imageOf } from '../../lib/data/dataset.ts';
import type { DigitPick } from '../../state/digits/digit-pick.ts';
import {
  findOwnDrawing,
  labelOwnDrawing,
  ownDrawing,
  ownDrawingImage,
} from '../../state/digits/own-drawing.ts';
import { LabelChoice } from '../pad/LabelChoice.tsx';
import { DrawOwn } from './DrawOwn.tsx';
import { DigitImage } from './HeatImage.tsx';
import type { FigureCode } from './open-in-notebook.ts';
import { OpenInNotebook } from './OpenInNotebook.tsx';
import { useAlive } from './useAlive.ts';

interface Props {
  pick: DigitPick;
  /** Called after another digit was chosen. */
  onChange?: () => void;
  /** Shows the digit large beside it, where no other part of the figure does. */
  isPictured?: boolean;
  /** What the figure does with the digit, as cells of the notebook; both passes when nothing else is said. */
  codes?: (figures: FigureCode, digit: CodedDigit) => readonly string[];
  /** Further choices beside it. */
  children?: ComponentChildren;
}

/** Which digit is looked at: the reader's own first, a strip of the test images, or any of them by its number. */
export function DigitPicker({ pick, onChange, isPictured = false, codes = bothPasses, children }: Props) {
  // Another figure of the page may know the drawing and the digits already: the first frame is the one that was built.
  const isAlive = useAlive();
  useEffect(() => {
    findOwnDrawing();
  }, []);
  const dataset = isAlive ? pick.digits.value : undefined;
  const { index, own, strip } = pick;
  const image = isAlive ? ownDrawingImage.value : undefined;
  const choose = (next: number) => {
    pick.choose(next);
    onChange?.();
  };
  const takeOwn = () => {
    // Not those of the last rendering: the drawing may have been kept a moment ago.
    const [drawn, chosen] = [ownDrawingImage.peek(), ownDrawing.peek()?.label];
    if (!drawn || chosen === undefined) return;
    pick.takeOwn({ image: drawn, label: chosen });
    onChange?.();
  };
  return (
    <div class={isPictured ? 'digit-picker digit-pictured needs-script' : 'digit-picker needs-script'}>
      {isPictured && <DigitImage image={pick.image.value} label="The digit that is read" />}
      <div class="digit-choices">
        <ul class="digit-strip" aria-label="Digits to choose from">
          {image && (
            <li>
              <DigitButton
                image={image}
                label={ownDrawing.value?.label}
                name="Your drawing"
                isChosen={own.value !== undefined}
                onChoose={takeOwn}
              />
            </li>
          )}
          {strip.value.map((row, n) => (
            <li key={n}>
              <DigitButton
                image={dataset && imageOf(dataset, row)}
                label={dataset ? dataset.labels[row] : n}
                name={`Test image ${dataset ? row : '…'}`}
                isChosen={dataset !== undefined && !own.value && index.value === row}
                onChoose={() => choose(row)}
              />
            </li>
          ))}
        </ul>
        <label>
          {pick.source === 'test' ? 'Test image' : 'Test image of the sample'}
          <input
            type="number"
            min={0}
            max={dataset ? dataset.count - 1 : undefined}
            value={index.value}
            onChange={(event) => choose(event.currentTarget.valueAsNumber)}
          />
        </label>
        <div class="digit-note">
          <p>{describePick(pick)}</p>
          <OpenInNotebook
            from="a figure about one digit"
            codes={(figures) =>
              codes(figures, pick.own.peek() ?? { set: pick.source, index: pick.index.peek() })
            }
          />
        </div>
        {image && (own.value || ownDrawing.value?.label === undefined) && (
          <LabelChoice
            label={ownDrawing.value?.label}
            onChange={(chosen) => {
              labelOwnDrawing(chosen);
              takeOwn();
            }}
          />
        )}
        <DrawOwn hasDrawn={image !== undefined} onTake={takeOwn} />
        {children}
      </div>
    </div>
  );
}

const bothPasses = ({ passCode }: FigureCode, digit: CodedDigit) => passCode(digit, 'original', true);

function describePick({ own, label }: DigitPick): string {
  if (own.value) return `Your drawing, a ${own.value.label} as you say.`;
  return label.value === undefined ? ' ' : `Its label is ${label.value}.`;
}

interface ButtonProps {
  /** Nothing while it is on its way. */
  image: Uint8Array | undefined;
  label: number | undefined;
  name: string;
  isChosen: boolean;
  onChoose: () => void;
}

function DigitButton({ image, label, name, isChosen, onChoose }: ButtonProps) {
  const what = label === undefined ? `${name}: say below what it is` : `${name}, a ${label}`;
  return (
    <button
      type="button"
      class="digit-button"
      aria-pressed={isChosen}
      aria-disabled={!image}
      title={what}
      onClick={onChoose}
    >
      <DigitImage image={image} label={what} />
    </button>
  );
}
