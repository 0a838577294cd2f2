import { useState } from 'preact/hooks';
import { FileChoice } from '../figures/FileChoice.tsx';
import type { CsvChoices, CsvResult } from '../../lib/data/csv.ts';
import type { Dataset } from '../../lib/data/dataset.ts';
import { type Collection, chooseCollection } from '../../state/digits/collection.ts';
import {
  cancelCsv,
  csvFailure,
  csvToDecide,
  csvWork,
  decideCsv,
  openCsv,
  ownDataset,
  saveCsv,
} from '../../state/digits/own-dataset.ts';
import { handOver } from '../../state/page/hand-over.ts';
import { useFiguresData } from './figures-data.ts';
import { formatCount, formatShare } from '../../explain/numbers.ts';

/** Opens the reader's own digits from CSV, and gives any set as CSV to take away. */
export function CsvDeskIsland() {
  const [choices, setChoices] = useState<CsvChoices>({});
  const [isOver, setIsOver] = useState(false);
  const [last, setLast] = useState<File | undefined>(undefined);
  const { from } = useFiguresData();
  const isAlive = from !== undefined;
  const work = isAlive ? csvWork.value : undefined;
  const own = isAlive ? ownDataset.value : undefined;
  const take = (file: File | undefined) => {
    if (!file) return;
    setLast(file);
    void openCsv(file, choices);
  };
  const choose = (next: CsvChoices) => {
    setChoices(next);
    // The reader answers a question about the file that has just been refused.
    if (csvFailure.peek() && last) void openCsv(last, next);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    if (!work) take(event.dataTransfer?.files[0]);
  };
  return (
    <div class="csv needs-script">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a file can be dropped here, or chosen with the button inside */}
      <div
        class={isOver ? 'csv-drop csv-over' : 'csv-drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <p>
          <FileChoice
            label="Open a CSV file, or drop one here"
            accept=".csv,text/csv,.tsv,.txt,.gz,.zip"
            isDisabled={!isAlive || work !== undefined}
            onFile={take}
          />
        </p>
        <Choices choices={choices} isDisabled={work !== undefined} onChoose={choose} />
        <div class="csv-state" role="status">
          {work ? null : <p>{csvFailure.value ?? (own ? describeOwn(own) : 'Nothing opened yet.')}</p>}
        </div>
        {work && (
          <div class="csv-progress">
            <progress aria-label={`Progress of ${work.what} ${work.file}`} max={1} value={work.share} />
            <span>
              {formatCount(work.rows)} rows, {formatShare(work.share, 0)}
            </span>
            <button type="button" onClick={cancelCsv}>
              Cancel
            </button>
          </div>
        )}
        {csvToDecide.value && <Decision result={csvToDecide.value} />}
        {own && !work && (
          <button type="button" onClick={() => void chooseCollection('own').then(goToFigures)}>
            Look at them in the figures
          </button>
        )}
      </div>
      <Downloads from={from} own={own} isBusy={work !== undefined} />
    </div>
  );
}

interface ChoicesProps {
  choices: CsvChoices;
  isDisabled: boolean;
  onChoose: (choices: CsvChoices) => void;
}

/** What the reader can say of a file: where its label stands, and how its pictures lie. */
function Choices({ choices, isDisabled, onChoose }: ChoicesProps) {
  const { label, ...appearance } = choices;
  const place = label === undefined || label === 'first' || label === 'last' ? (label ?? '') : 'named';
  const looks = LOOKS.findIndex(({ invert, turn }) => invert === choices.invert && turn === choices.turn);
  return (
    <>
      <label class="csv-label">
        Its label is
        <select
          value={place}
          aria-disabled={isDisabled}
          onChange={(event) => {
            const { value } = event.currentTarget;
            if (value === 'named') onChoose({ ...appearance, label: 'label' });
            else onChoose(value === '' ? appearance : { ...appearance, label: value });
          }}
        >
          <option value="">wherever you find it</option>
          <option value="first">the first column</option>
          <option value="last">the last column</option>
          <option value="named">a column called or numbered</option>
        </select>
        {place === 'named' && (
          <input
            type="text"
            size={8}
            aria-label="Name of the label's column, or its number from 1"
            value={label}
            aria-disabled={isDisabled}
            onChange={(event) => onChoose({ ...appearance, label: event.currentTarget.value })}
          />
        )}
      </label>
      <label class="csv-label">
        Its pictures are
        <select
          value={looks}
          aria-disabled={isDisabled}
          onChange={(event) => {
            const { invert, turn } = LOOKS[Number(event.currentTarget.value)];
            onChoose({ label, invert, turn });
          }}
        >
          {LOOKS.map(({ text }, n) => (
            <option key={text} value={n}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

const LOOKS = [
  { text: 'as here; ask me where not', invert: undefined, turn: undefined },
  { text: 'black ink on white: invert them', invert: true, turn: false },
  { text: 'on their side: turn them over', invert: false, turn: true },
  { text: 'both: invert and turn them', invert: true, turn: true },
  { text: 'to be taken as they are', invert: false, turn: false },
];

/** A file with bad rows: which, why, and what is to become of the good ones. */
function Decision({ result }: { result: CsvResult }) {
  const { dataset, badRows, badRowCount } = result;
  return (
    <section class="csv-decision" aria-label="Rows that cannot be used">
      <p>
        <strong>
          {formatCount(badRowCount)} {badRowCount === 1 ? 'row' : 'rows'} of {dataset.name} cannot be used;
        </strong>{' '}
        {formatCount(dataset.count)} can.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ul tabIndex={0} aria-label="The rows and their reasons">
        {badRows.map(({ row, reason }) => (
          <li key={row}>
            Row {row} {reason}
          </li>
        ))}
        {badRowCount > badRows.length && <li>… and {badRowCount - badRows.length} more</li>}
      </ul>
      <p class="csv-buttons">
        <button type="button" onClick={() => decideCsv(true)}>
          Keep the good rows
        </button>
        <button type="button" onClick={() => decideCsv(false)}>
          Forget this file
        </button>
      </p>
    </section>
  );
}

/** To the first of the figures that look at a collection: they stand far above. */
function goToFigures(): void {
  const figure = document.getElementById('explorer');
  figure?.focus({ preventScroll: true });
  figure?.scrollIntoView();
}

interface DownloadsProps {
  from: Collection | undefined;
  own: Dataset | undefined;
  isBusy: boolean;
}

function Downloads({ from, own, isBusy }: DownloadsProps) {
  const sets = [
    ...(from?.name !== 'own'
      ? [
          {
            text: 'training digits',
            file: `mnist_train${from?.name === 'whole' ? '' : '_sample'}.csv`,
            dataset: from?.train,
          },
        ]
      : []),
    ...(!from || from.test
      ? [
          {
            text: 'test digits',
            file: `mnist_test${from?.name === 'whole' ? '' : '_sample'}.csv`,
            dataset: from?.test,
          },
        ]
      : []),
    ...(own ? [{ text: 'of your digits', file: 'my_digits.csv', dataset: own }] : []),
  ];
  return (
    <div class="csv-downloads">
      <p>Take away, as CSV:</p>
      <p class="csv-buttons">
        {sets.map(({ text, file, dataset }) => (
          <button
            key={file}
            type="button"
            aria-disabled={isBusy || !dataset}
            onClick={() => dataset && void saveCsv(dataset, file, (content) => handOver(content, file))}
          >
            {dataset ? formatCount(dataset.count) : '…'} {text}
          </button>
        ))}
      </p>
    </div>
  );
}

function describeOwn({ name, count }: { name: string; count: number }): string {
  return `${name}: ${formatCount(count)} digits are yours, here and on the other pages.`;
}
