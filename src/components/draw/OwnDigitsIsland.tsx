import '../figures/controls.css';
import './OwnDigits.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { writePng } from '../../lib/data/png.ts';
import { type WrittenDigit, writeStrokes } from '../../lib/ink/stroke-file.ts';
import { readImage } from '../../state/digits/drawing.ts';
import {
  areDrawnKept,
  drawnDataset,
  drawnDigits,
  drawnFailure,
  findDrawnDigits,
  forgetDrawnDigit,
  imageOfWritten,
  openStrokes,
} from '../../state/digits/drawn-digits.ts';
import { csvFailure, csvWork, saveCsv } from '../../state/digits/own-dataset.ts';
import { FileChoice } from '../figures/FileChoice.tsx';
import { handOver } from '../../state/page/hand-over.ts';
import { DigitImage } from '../figures/HeatImage.tsx';
import { useAlive } from '../figures/useAlive.ts';
import * as page from './draw-page.ts';
import { describeOwnDigits } from './draw-words.ts';

/** The digits that the reader has kept, a page of samples, to be drawn again, taken away and brought back. */
export function OwnDigitsIsland() {
  useEffect(() => void findDrawnDigits(), []);
  return <Desk isAlive={useAlive()} />;
}

function Desk({ isAlive }: { isAlive: boolean }) {
  const chosen = useSignal<WrittenDigit | undefined>(undefined);
  const all = isAlive ? drawnDigits.value : [];
  const network = page.drawing.opened.value?.network;
  const reads = new Map(
    all.map((digit) => [digit, network && readImage(network, imageOfWritten(digit)).digit]),
  );
  const choose = (digit: WrittenDigit) => {
    chosen.value = digit;
    page.drawing.putOn(digit.strokes);
    page.sayLabel(digit.label);
  };
  return (
    <>
      <p class="run-sentence" aria-live="polite">
        {drawnFailure.value ?? csvFailure.value ?? describeOwnDigits(all, (digit) => reads.get(digit))}
        {!areDrawnKept.value && ' They are not kept in this browser: they last as long as this page is open.'}
      </p>
      {all.length > 0 && (
        <dl class="own-digits">
          {Array.from({ length: 10 }, (_, label) => (
            <div key={label} class="own-digits-row">
              <dt>{label}</dt>
              <dd>
                {all
                  .filter((digit) => digit.label === label)
                  .map((digit, n) => (
                    <SampleButton
                      key={n}
                      digit={digit}
                      read={reads.get(digit)}
                      isChosen={chosen.value === digit}
                      onChoose={() => choose(digit)}
                    />
                  ))}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div class="run-controls needs-script">
        <button
          type="button"
          aria-disabled={!chosen.value || !all.includes(chosen.value)}
          onClick={() => chosen.value && void forgetDrawnDigit(chosen.value)}
        >
          Forget the one that is marked
        </button>
        <Downloads isAlive={isAlive} />
        <FileChoice
          label="Open a file of strokes"
          accept=".json,application/json"
          onFile={(file) => void openStrokes(file)}
        />
      </div>
    </>
  );
}

interface SampleProps {
  digit: WrittenDigit;
  /** What the network of the pad reads; nothing while there is none. */
  read: number | undefined;
  isChosen: boolean;
  onChoose: () => void;
}

function SampleButton({ digit, read, isChosen, onChoose }: SampleProps) {
  const isWrong = read !== undefined && read !== digit.label;
  const what = `A ${digit.label} of yours${isWrong ? `, read as ${read}` : ''}: put it on the pad`;
  return (
    <button
      type="button"
      class={isWrong ? 'on-paper own-digit-wrong' : 'on-paper'}
      aria-pressed={isChosen}
      title={what}
      onClick={onChoose}
    >
      <DigitImage image={imageOfWritten(digit)} label={what} />
    </button>
  );
}

function Downloads({ isAlive }: { isAlive: boolean }) {
  const dataset = isAlive ? drawnDataset.value : undefined;
  const isWaiting = !dataset || csvWork.value !== undefined;
  const save = {
    PNG: async () => {
      if (dataset) handOver(new Blob([await writePng(dataset)], { type: 'image/png' }), 'my_digits.png');
    },
    CSV: async () => {
      if (dataset) await saveCsv(dataset, 'my_digits.csv', (file) => handOver(file, 'my_digits.csv'));
    },
    strokes: async () => {
      const text = writeStrokes(drawnDigits.peek());
      handOver(new Blob([text], { type: 'application/json' }), 'my_digits.strokes.json');
    },
  };
  return (
    <>
      {Object.entries(save).map(([name, take]) => (
        <button
          key={name}
          type="button"
          aria-disabled={isWaiting}
          onClick={() => {
            if (!isWaiting) void take();
          }}
        >
          Take away as {name}
        </button>
      ))}
    </>
  );
}
