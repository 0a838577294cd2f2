import {
  cancelDownload,
  chooseCollection,
  type Collection,
  type CollectionName,
  describeTrain,
  download,
  failure,
} from '../../state/collection.ts';
import { ownDataset } from '../../state/own-dataset.ts';

/** Which digits all figures of the page look at; fetched with progress, and given up on demand. */
export function CollectionChoice({ from }: { from: Collection | undefined }) {
  const loading = download.value;
  const own = from && ownDataset.value;
  const choices: { name: CollectionName; text: string }[] = [
    { name: 'sample', text: 'a sample' },
    { name: 'whole', text: 'all 70,000' },
  ];
  if (own) choices.push({ name: 'own', text: `yours: ${own.name}` });
  return (
    <div class="collection needs-script">
      <fieldset class="segments" disabled={!from}>
        <legend>The figures of this page look at</legend>
        {choices.map(({ name, text }) => (
          <button
            key={name}
            type="button"
            aria-pressed={from?.name === name}
            onClick={() => void chooseCollection(name)}
          >
            {text}
          </button>
        ))}
      </fieldset>
      <div class="collection-state">
        {loading && from ? (
          <>
            <progress aria-label="Download of the digits" max={loading.total || 1} value={loading.done} />
            <span>
              {megabytes(loading.done)} of {megabytes(loading.total)} MB
            </span>
            <button type="button" onClick={cancelDownload}>
              Cancel
            </button>
          </>
        ) : (
          <p role="status">
            {failure.value ?? (from ? `Here: ${contents(from)}` : 'The digits are on their way…')}
          </p>
        )}
        {failure.value && (
          <button type="button" onClick={() => void chooseCollection(from ? 'whole' : 'sample')}>
            Try again
          </button>
        )}
      </div>
    </div>
  );
}

function contents(from: Collection): string {
  const train = describeTrain(from);
  return from.test ? `${train}, and ${from.test.count.toLocaleString('en')} test digits.` : `${train}.`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
