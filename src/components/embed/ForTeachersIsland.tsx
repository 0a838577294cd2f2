import '../figures/controls.css';
import './ForTeachers.css';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { takesSeed } from '../../state/page/embed-link.ts';
import { useAlive } from '../figures/useAlive.ts';
import { heedHeights } from './frame-height.ts';
import { type QuestionKind, type TeacherLink, createTeacherLink, optionsOf } from './teacher-link.ts';

interface Figure {
  readonly name: string;
  readonly title: string;
  /** Its page's title. */
  readonly chapter: string;
}

/** A figure, what of it is shown, how it begins and what is asked: as a link, as a frame's code, and as it will be. */
export function ForTeachersIsland({ figures }: { figures: readonly Figure[] }) {
  const link = useMemo(() => createTeacherLink(figures[0].name), [figures]);
  const frame = useRef<HTMLIFrameElement>(null);
  const isAlive = useAlive();
  useEffect(heedHeights, []);
  const { title } = figures.find(({ name }) => name === link.name.value)!;
  const problems = link.problems.value;
  return (
    <div class="for-teachers">
      <div class="teacher-form needs-script">
        <FigureChoice figures={figures} link={link} />
        <Hiding link={link} />
        <Asking link={link} />
        {takesSeed(link.embed.value) && (
          <Field
            label="Seed for the class"
            value={link.typed.value.seed}
            onChange={(seed) => link.type({ seed })}
            help="A whole number. Left empty, it's the usual one."
          />
        )}
        <fieldset class="plain">
          <legend>How it begins</legend>
          <p class="quiet">
            Move the controls of the figure below as they are to stand, and take that over. What they have
            computed by then is not taken along.
          </p>
          <div class="run-controls">
            <button
              type="button"
              onClick={() => {
                const page = frame.current?.contentDocument;
                if (page) link.beginAs(page);
              }}
            >
              Begin as it stands below
            </button>
            <button type="button" aria-disabled={!link.hasStart.value} onClick={link.beginAsBuilt}>
              Begin as usual
            </button>
          </div>
        </fieldset>
      </div>
      <div class="needs-script" role="status">
        {problems.length > 0 && (
          <ul class="run-notice teacher-problems">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
      </div>
      <div class="needs-script">
        <ToCopy label="Link" text={isAlive ? link.url.value : link.path.value} />
        <ToCopy
          label="Code of a frame, with a few lines that keep it as high as the figure"
          text={isAlive ? link.code(title) : ''}
          rows={7}
        />
        <p>
          <a href={link.path.value} target="_blank" rel="noopener">
            Open the link in a window of its own
          </a>
        </p>
        <h2>As it will be</h2>
        {isAlive && (
          // Another address is another page: one that differs after the # alone would not be loaded anew.
          <iframe
            ref={frame}
            key={link.path.value}
            class="teacher-frame"
            src={link.path.value}
            title={`${title}, as it will be`}
          />
        )}
      </div>
    </div>
  );
}

function FigureChoice({ figures, link }: { figures: readonly Figure[]; link: TeacherLink }) {
  const chapters = [...new Set(figures.map(({ chapter }) => chapter))];
  return (
    <label class="teacher-field">
      Figure
      <select value={link.name.value} onChange={(event) => link.choose(event.currentTarget.value)}>
        {chapters.map((chapter) => (
          <optgroup key={chapter} label={chapter}>
            {figures
              .filter((each) => each.chapter === chapter)
              .map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function Hiding({ link }: { link: TeacherLink }) {
  return (
    <fieldset class="plain">
      <legend>Hide these controls</legend>
      <div class="teacher-boxes">
        {Object.entries(link.embed.value.controls).map(([name, words]) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={link.hidden.value.includes(name)}
              onChange={() => link.toggle(name)}
            />{' '}
            {[words].flat()[0]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const KINDS: readonly { kind: QuestionKind; label: string }[] = [
  { kind: 'none', label: 'nothing' },
  { kind: 'number', label: 'a number' },
  { kind: 'choice', label: 'one of several answers' },
];

function Asking({ link }: { link: TeacherLink }) {
  const typed = link.typed.value;
  const group = useId();
  const options = optionsOf(typed);
  return (
    <>
      <fieldset class="plain">
        <legend>Ask for</legend>
        <div class="teacher-boxes">
          {KINDS.map(({ kind, label }) => (
            <label key={kind}>
              <input
                type="radio"
                name={group}
                checked={typed.kind === kind}
                onChange={() => link.type({ kind })}
              />{' '}
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      {typed.kind !== 'none' && (
        <Field label="Question" value={typed.text} rows={2} onChange={(text) => link.type({ text })} />
      )}
      {typed.kind === 'number' && (
        <div class="teacher-pair">
          <Field label="Right answer" value={typed.answer} onChange={(answer) => link.type({ answer })} />
          <Field
            label="It may be off by"
            value={typed.tolerance}
            onChange={(tolerance) => link.type({ tolerance })}
          />
        </div>
      )}
      {typed.kind === 'choice' && (
        <>
          <Field
            label="Answers, one a line"
            value={typed.options}
            rows={4}
            onChange={(text) => link.type({ options: text })}
          />
          <label class="teacher-field">
            The right one
            <select
              value={typed.right}
              onChange={(event) => link.type({ right: Number(event.currentTarget.value) })}
            >
              {options.map((option, n) => (
                <option key={option} value={n}>
                  {option}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
    </>
  );
}

interface FieldProps {
  label: string;
  value: string;
  rows?: number;
  help?: string;
  /** Called when it has been typed, not at every key: with each change the figure is loaded anew. */
  onChange: (text: string) => void;
}

function Field({ label, value, rows, help, onChange }: FieldProps) {
  const id = useId();
  return (
    <div class="teacher-field">
      <label for={id}>{label}</label>
      {rows ? (
        <textarea
          id={id}
          rows={rows}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          value={value}
          aria-describedby={help && `${id}-help`}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {help && <small id={`${id}-help`}>{help}</small>}
    </div>
  );
}

/** A text to take away: selected by a click, or copied by the button. */
function ToCopy({ label, text, rows = 2 }: { label: string; text: string; rows?: number }) {
  const [said, setSaid] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => setSaid(''), [text]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied.');
    } catch {
      field.current?.select();
      setSaid('The browser does not allow it: it is selected, copy it by key.');
    }
  };
  return (
    <div class="teacher-copy">
      <label class="teacher-field">
        {label}
        <textarea
          ref={field}
          class="notranslate"
          readOnly
          rows={rows}
          value={text}
          spellcheck={false}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <p class="run-controls">
        <button type="button" onClick={() => void copy()}>
          Copy
        </button>
        <span class="quiet" role="status">
          {said}
        </span>
      </p>
    </div>
  );
}
