import '../figures/segments.css';
import './CollectionChoice.css';
import {
  cancelDownload,
  chooseCollection,
  type Collection,
  type CollectionName,
  describeTrain,
  download,
  failure,
} from '../../state/digits/collection.ts';
import { ownDataset } from '../../state/digits/own-dataset.ts';
import { TryAgain } from '../figures/TryAgain.tsx';
import { formatCount, formatMegabytes } from '../../explain/numbers.ts';

interface Props {
  from: Collection | undefined;
  /** What looks at the digits that are chosen. */
  who?: string;
}

/** Which digits to look at; fetched with progress, and given up on demand. */
export function CollectionChoice({ from, who = 'The figures of this page look at' }: Props) {
  const loading = download.value;
  const own = from && ownDataset.value;
  const choices: { name: CollectionName; text: string }[] = [
    { name: 'sample', text: 'a sample' },
    { name: 'whole', text: 'all 70,000' },
  ];
  if (own) choices.push({ name: 'own', text: `yours: ${own.name}` });
  return (
    <div class="collection needs-script">
      <fieldset class="segments" aria-disabled={!from}>
        <legend>{who}</legend>
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
              {formatMegabytes(loading.done)} of {formatMegabytes(loading.total)}
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
        <TryAgain failure={failure.value} again={() => chooseCollection(from ? 'whole' : 'sample')} />
      </div>
    </div>
  );
}

function contents(from: Collection): string {
  const train = describeTrain(from);
  return from.test ? `${train}, and ${formatCount(from.test.count)} test digits.` : `${train}.`;
}
