import './file-choice.css';
import { useId } from 'preact/hooks';

interface Props {
  label: string;
  /** What files it takes, as the browser is told. */
  accept: string;
  isDisabled?: boolean;
  onFile: (file: File) => void;
}

/** A file to be opened from the reader's device. */
export function FileChoice({ label, accept, isDisabled, onFile }: Props) {
  const id = useId();
  return (
    <span class="file-choice">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-disabled={isDisabled}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) onFile(file);
          // So that the same file, mended, can be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </span>
  );
}
