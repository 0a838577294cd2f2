import { useId, useState } from 'preact/hooks';
import type { CsvResult } from '../../lib/data/csv.ts';
import type { Dataset } from '../../lib/data/dataset.ts';
import { type Collection, chooseCollection } from '../../state/collection.ts';
import {
  cancelCsv,
  csvFailure,
  csvToDecide,
  csvWork,
  decideCsv,
  openCsv,
  ownDataset,
  saveCsv,
} from '../../state/own-dataset.ts';
import { handOver } from '../../state/hand-over.ts';
import { useFiguresData } from './figures-data.ts';

type LabelPlace = 'find out' | 'first' | 'last';

/** Opens the reader's own digits from CSV, and gives any set as CSV to take away. */
export function CsvDeskIsland() {
  const [place, setPlace] = useState<LabelPlace>('find out');
  const [isOver, setIsOver] = useState(false);
  const [last, setLast] = useState<{ file: File; place: LabelPlace } | undefined>(undefined);
  const { from } = useFiguresData();
  const isAlive = from !== undefined;
  const work = isAlive ? csvWork.value : undefined;
  const own = isAlive ? ownDataset.value : undefined;
  const take = (file: File | undefined, where = place) => {
    if (!file) return;
    setLast({ file, place: where });
    openCsv(file, where === 'find out' ? undefined : where);
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
        <FileButton isDisabled={!isAlive || work !== undefined} onFile={take} />
        <label class="csv-label">
          Its label is
          <select
            value={place}
            disabled={!isAlive}
            onChange={(event) => {
              const next = event.currentTarget.value as LabelPlace;
              setPlace(next);
              // The reader answers a question about the file that has just been refused.
              if (csvFailure.peek() && last) take(last.file, next);
            }}
          >
            <option value="find out">wherever you find it</option>
            <option value="first">the first column</option>
            <option value="last">the last column</option>
          </select>
        </label>
        <div class="csv-state" role="status">
          {work ? null : <p>{csvFailure.value ?? (own ? describeOwn(own) : 'Nothing opened yet.')}</p>}
        </div>
        {work && (
          <div class="csv-progress">
            <progress aria-label={`Progress of ${work.what} ${work.file}`} max={1} value={work.share} />
            <span>
              {work.rows.toLocaleString('en')} rows, {Math.round(100 * work.share)} %
            </span>
            <button type="button" onClick={cancelCsv}>
              Cancel
            </button>
          </div>
        )}
        {csvToDecide.value && <Decision result={csvToDecide.value} />}
        {own && !work && (
          <button type="button" disabled={from?.train === own} onClick={() => void chooseCollection('own')}>
            {from?.train === own ? 'The figures above look at them now' : 'Look at them in the figures'}
          </button>
        )}
      </div>
      <Downloads from={from} own={own} isBusy={work !== undefined} />
    </div>
  );
}

function FileButton({
  isDisabled,
  onFile,
}: {
  isDisabled: boolean;
  onFile: (file: File | undefined) => void;
}) {
  const id = useId();
  return (
    <p class="csv-file">
      <label for={id}>Open a CSV file, or drop one here</label>
      <input
        id={id}
        type="file"
        accept=".csv,text/csv,.tsv,.txt"
        disabled={isDisabled}
        onChange={(event) => {
          onFile(event.currentTarget.files?.[0]);
          // So that the same file, mended, can be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </p>
  );
}

/** A file with bad rows: which, why, and what is to become of the good ones. */
function Decision({ result }: { result: CsvResult }) {
  const { dataset, badRows, badRowCount } = result;
  return (
    <section class="csv-decision" aria-label="Rows that cannot be used">
      <p>
        <strong>
          {badRowCount.toLocaleString('en')} {badRowCount === 1 ? 'row' : 'rows'} of {dataset.name} cannot be
          used;
        </strong>{' '}
        {dataset.count.toLocaleString('en')} can.
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

interface DownloadsProps {
  from: Collection | undefined;
  own: Dataset | undefined;
  isBusy: boolean;
}

function Downloads({ from, own, isBusy }: DownloadsProps) {
  const sets = [
    ...(from && from.name !== 'own'
      ? [
          {
            text: 'training digits',
            file: `mnist_train${from.name === 'sample' ? '_sample' : ''}.csv`,
            dataset: from.train,
          },
        ]
      : []),
    ...(from?.test
      ? [
          {
            text: 'test digits',
            file: `mnist_test${from.name === 'sample' ? '_sample' : ''}.csv`,
            dataset: from.test,
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
            disabled={isBusy}
            onClick={() => saveCsv(dataset, file, (content) => handOver(content, file))}
          >
            {dataset.count.toLocaleString('en')} {text}
          </button>
        ))}
      </p>
    </div>
  );
}

function describeOwn({ name, count }: { name: string; count: number }): string {
  return `${name}: ${count.toLocaleString('en')} digits are yours, here and on the other pages.`;
}
