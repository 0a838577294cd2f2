import '../figures/file-choice.css';
import './NetworkDesk.css';
import type { ActivationChoice } from '../../lib/models/activation-choice.ts';
import { activationNames, elementwiseNames } from '../../lib/nn/activations.ts';
import type { AssumedNetwork, Lab } from '../../state/run/lab.ts';

/** Opens a network's file into the table. */
export function NetworkDesk({ lab }: { lab: Lab }) {
  return (
    <div class="lab-desk needs-script">
      <label class="file-choice">
        Open a network: safetensors, npz, or the original project's weights
        <input
          type="file"
          accept=".safetensors,.npz,.npy"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void lab.open(file);
            // So that the same file can be chosen again.
            event.currentTarget.value = '';
          }}
        />
      </label>
      {lab.assumed.value && (
        <Assumptions assumed={lab.assumed.value} onChoose={(choice) => void lab.openOtherwise(choice)} />
      )}
      <p class="quiet">
        Every network of the table can be chosen on <a href="../draw/">the drawing page</a>.
      </p>
      <p class="quiet" role="status">
        {lab.news.value} {lab.notice.value}
      </p>
    </div>
  );
}

interface AssumptionsProps {
  assumed: AssumedNetwork;
  onChoose: (choice: ActivationChoice) => void;
}

/** What was assumed of a network whose file leaves something open, and where the reader says otherwise. */
function Assumptions({ assumed: { from, file, choice }, onChoose }: AssumptionsProps) {
  const assumptions = file.assumptions ?? [];
  const isOpen = (about: 'hidden' | 'output') => assumptions.some((each) => each.about === about);
  return (
    <section aria-label="What was assumed of the network" role="status">
      <p>{from.name} was opened, and its file leaves something open:</p>
      <ul>
        {assumptions.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {isOpen('hidden') && (
        <label>
          Activation of its hidden layers
          <select
            value={choice.hidden?.[0] ?? 'relu'}
            onChange={(event) => onChoose({ ...choice, hidden: [event.currentTarget.value] })}
          >
            {elementwiseNames.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      {isOpen('output') && (
        <label>
          Activation of its last layer
          <select
            value={choice.output ?? 'softmax'}
            onChange={(event) => onChoose({ ...choice, output: event.currentTarget.value })}
          >
            {activationNames.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
    </section>
  );
}
