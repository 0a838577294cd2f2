import '../figures/controls.css';
import './CopyNote.css';
import { useEffect } from 'preact/hooks';
import type { Examination } from './examination.ts';
import { DigitList } from './DigitList.tsx';
import { describeCopy, testCopy } from './test-copy.ts';

interface Props {
  examination: Examination | undefined;
  /** Called when there is a copy whose images are not there yet. */
  onNeed: () => void;
}

/** What the reader has changed in the copy of the test set, what that comes to, and the way back. */
export function CopyNote({ examination, onNeed }: Props) {
  useEffect(testCopy.find, []);
  const changes = testCopy.changes.value;
  const isNeeded = changes.length > 0 && !examination;
  useEffect(() => {
    if (isNeeded) onNeed();
  }, [isNeeded]);
  if (changes.length === 0 || !examination) return null;
  return (
    <section aria-label="Your copy of the test set" class="test-copy">
      <p role="status">{describeCopy(examination.readings, changes)}</p>
      <div class="run-controls">
        <button type="button" onClick={() => testCopy.undo(changes.at(-1)!.row)}>
          Undo the last
        </button>
        <button type="button" onClick={testCopy.undoAll}>
          Undo all
        </button>
      </div>
      <DigitList
        label="Changed in your copy; choose one to undo it"
        test={examination.test}
        rows={changes.map(({ row }) => row)}
        say={(row, place) => {
          const { label } = changes[place];
          const was = examination.readings[row].label;
          return label === undefined ? `${was}, dropped` : `${was}, now ${label}`;
        }}
        onChoose={testCopy.undo}
      />
    </section>
  );
}
