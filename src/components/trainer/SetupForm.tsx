import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { Option } from '../../lib/training/option.ts';
import {
  type Setup,
  SetupError,
  type SetupName,
  checkForDigits,
  formatSetup,
  parseSetup,
  setupNames,
  setupOptions,
} from '../../lib/training/setup.ts';

interface Props {
  setup: Setup;
  /** The options that are always shown; the others are behind "More options". */
  names: readonly SetupName[];
  action: string;
  /** What applying it would cost, where it costs something. */
  warning?: string | undefined;
  onApply: (setup: Setup) => void;
  children?: ComponentChildren;
}

type Texts = { readonly [Name in SetupName]: string };

/** The set-up of a run as a form: its fields, bounds and wording are those of the table of options. */
export function SetupForm({ setup, names, action, warning, onApply, children }: Props) {
  const before = textsOf(setup);
  const [texts, setTexts] = useState<Texts>(before);
  const [problem, setProblem] = useState<SetupError | undefined>(undefined);
  // Another set-up from outside begins the form anew; the field that has the focus keeps it.
  const identity = JSON.stringify(formatSetup(setup));
  useEffect(() => {
    setTexts(before);
    setProblem(undefined);
  }, [identity]);
  const isChanged = setupNames.some((name) => texts[name] !== before[name]);
  const apply = (event: Event) => {
    event.preventDefault();
    try {
      const next = checkForDigits(parseSetup(texts));
      setProblem(undefined);
      onApply(next);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      setProblem(error);
    }
  };
  const field = (name: SetupName) => (
    <Field
      key={name}
      name={name}
      text={texts[name]}
      problem={problem?.option === name ? problem.message : undefined}
      onChange={(text) => setTexts({ ...texts, [name]: text })}
    />
  );
  const others = setupNames.filter((name) => !names.includes(name));
  return (
    <form class="setup needs-script" onSubmit={apply} noValidate aria-label="Set-up of the run">
      <div class="setup-fields">{names.map(field)}</div>
      <details open={problem && others.includes(problem.option)}>
        <summary>More options</summary>
        <div class="setup-fields">{others.map(field)}</div>
      </details>
      <p class="setup-apply">
        <button type="submit" disabled={!isChanged}>
          {action}
        </button>
        {children}
        <span class="quiet">{isChanged ? (warning ?? '') : ''}</span>
      </p>
    </form>
  );
}

interface FieldProps {
  name: SetupName;
  text: string;
  problem: string | undefined;
  onChange: (text: string) => void;
}

function Field({ name, text, problem, onChange }: FieldProps) {
  const option = setupOptions[name] as Option<unknown>;
  const id = useId();
  const describedBy = problem ? `${id}-problem ${id}-help` : `${id}-help`;
  const given = {
    id,
    value: text,
    'aria-describedby': describedBy,
    'aria-invalid': problem !== undefined,
  };
  return (
    <div class="setup-field">
      <label for={id}>{option.label}</label>
      {option.kind === 'choice' ? (
        <select {...given} onChange={(event) => onChange(event.currentTarget.value)}>
          {option.allowed!.map((allowed) => (
            <option key={allowed} value={allowed}>
              {allowed}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...given}
          type="text"
          inputMode={option.kind === 'integer' || option.kind === 'number' ? 'decimal' : 'text'}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {problem && (
        <strong id={`${id}-problem`} class="setup-problem" role="alert">
          {problem}
        </strong>
      )}
      <small id={`${id}-help`}>{option.help}</small>
    </div>
  );
}

function textsOf(setup: Setup): Texts {
  return Object.fromEntries(
    setupNames.map((name) => [name, (setupOptions[name] as Option<unknown>).format(setup[name])]),
  ) as Texts;
}
