import './SetupForm.css';
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
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
  draft: SetupDraft;
  /** The options that are always shown; the others are behind "More options". */
  names: readonly SetupName[];
  action: string;
  /** What applying it would cost, where it costs something. */
  warning?: string | undefined;
  children?: ComponentChildren;
}

type Texts = { readonly [Name in SetupName]: string };

interface Typed {
  readonly texts: Texts;
  /** The set-up beside which it was typed. */
  readonly beside: string;
  readonly problem?: SetupError;
}

export type SetupDraft = ReturnType<typeof useSetupDraft>;

/** What is typed into the form of a set-up, beside the set-up that is in force. */
export function useSetupDraft(setup: Setup, onApply: (setup: Setup) => void) {
  const identity = JSON.stringify(formatSetup(setup));
  const before = textsOf(setup);
  const [typed, setTyped] = useState<Typed | undefined>(undefined);
  // What was typed beside another set-up is gone with it, at once: not even a click in the same frame may put it in force.
  const current = typed?.beside === identity ? typed : undefined;
  const texts = current?.texts ?? before;
  const isChanged = setupNames.some((name) => texts[name] !== before[name]);
  const drop = () => setTyped(undefined);
  /** Keeps what is typed, by now, and what is wrong with it. */
  const judge = (problem?: SetupError) =>
    setTyped((last) => ({
      beside: identity,
      texts: last?.beside === identity ? last.texts : before,
      ...(problem && { problem }),
    }));
  /** The set-up that the form says; undefined where it cannot be, and the form says why. */
  const read = (): Setup | undefined => {
    try {
      const said = checkForDigits(parseSetup(texts));
      judge();
      return said;
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      judge(error);
      return undefined;
    }
  };
  /** Puts it in force; false where it cannot be. */
  const apply = (): boolean => {
    const next = read();
    if (!next) return false;
    drop();
    // The same in other words begins nothing anew.
    if (JSON.stringify(formatSetup(next)) !== identity) onApply(next);
    return true;
  };
  const change = (name: SetupName, text: string) =>
    setTyped((last) => {
      const kept = last?.beside === identity ? last : { beside: identity, texts: before };
      return { ...kept, texts: { ...kept.texts, [name]: text } };
    });
  return { texts, problem: current?.problem, isChanged, change, read, apply, drop };
}

/** The set-up of a run as a form: its fields, bounds and wording are those of the table of options. */
export function SetupForm({ draft, names, action, warning, children }: Props) {
  const { texts, problem, isChanged } = draft;
  const submit = (event: Event) => {
    event.preventDefault();
    draft.apply();
  };
  const field = (name: SetupName) => (
    <Field
      key={name}
      name={name}
      text={texts[name]}
      problem={problem?.option === name ? problem.message : undefined}
      onChange={(text) => draft.change(name, text)}
    />
  );
  const others = setupNames.filter((name) => !names.includes(name));
  return (
    <form class="setup needs-script" onSubmit={submit} noValidate aria-label="Set-up of the run">
      <div class="setup-fields">{names.map(field)}</div>
      <details open={problem && others.includes(problem.option)}>
        <summary>More options</summary>
        <div class="setup-fields">{others.map(field)}</div>
      </details>
      <p class="setup-apply">
        <button type="submit" aria-disabled={!isChanged}>
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
