import type { Lab } from '../../state/lab.ts';

/** Opens a network's file into the table. */
export function NetworkDesk({ lab }: { lab: Lab }) {
  return (
    <div class="lab-desk needs-script">
      <label class="csv-file">
        Open a network: safetensors, npz, or the original project's weights
        <input
          type="file"
          accept=".safetensors,.npz,.npy"
          onChange={(event) => {
            const field = event.currentTarget;
            const file = field.files?.[0];
            if (file) void lab.open(file);
            // So that the same file can be chosen again.
            field.value = '';
          }}
        />
      </label>
      <p class="quiet">
        Every network of the table can be chosen on <a href="../draw/">the drawing page</a>.{' '}
        {lab.notice.value}
      </p>
    </div>
  );
}
