import './NetworkSelect.css';
import { useEffect, useId } from 'preact/hooks';
import { type NetworkName, findOwnNetworks, networkChoices } from '../../state/site/networks.ts';

interface Props {
  label: string;
  value: NetworkName;
  onChange: (name: NetworkName) => void;
  /** Leaves out the reader's own at earlier epochs, where something else chooses among those. */
  withoutEpochs?: boolean;
}

/** One of all networks that there are: the site's, the reader's own at its epochs, the lab's. */
export function NetworkSelect({ label, value, onChange, withoutEpochs = false }: Props) {
  const field = useId();
  useEffect(() => void findOwnNetworks(), []);
  const choices = networkChoices.value.filter(
    ({ name }) => !withoutEpochs || name === value || !name.startsWith('yours-'),
  );
  return (
    <span class="network-select">
      <label for={field}>{label}</label>
      <select
        id={field}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value as NetworkName)}
      >
        {choices.map(({ name, label: text }) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </span>
  );
}
