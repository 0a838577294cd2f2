import { crc32 } from '../../lib/data/crc32.ts';
import { Random } from '../../lib/nn/random.ts';
import { readNumber } from '../../lib/written-number.ts';
import type { Embed } from '../site/embeds.ts';
import { readSeed } from './embedded.ts';

/** What is asked of whoever looks at a figure, and what is right. */
export type Question =
  | { readonly text: string; readonly answer: number; readonly tolerance: number }
  | { readonly text: string; readonly options: readonly string[]; readonly right: number };

/** What a link to a figure alone says of it. */
export interface EmbedLink {
  /** The controls that are not shown. */
  readonly hide: readonly string[];
  /** What controls begin with: a field's value, the words on the button of a choice. */
  readonly start: Readonly<Record<string, string>>;
  readonly seed?: number | undefined;
  readonly question?: Question | undefined;
}

export interface ReadEmbedLink extends EmbedLink {
  /** What of the link was not followed, and why, a sentence each. */
  readonly problems: readonly string[];
}

type Figure = Pick<Embed, 'controls' | 'isSeeded'>;

const START = 'start-';
/** What servers and browsers take without asking. */
const LONGEST = 4000;
const MOST_OPTIONS = 8;

/** A link as the query of an address, with its question mark; empty where it says nothing. */
export function formatEmbedLink({ hide, start, seed, question }: EmbedLink): string {
  const parts = new URLSearchParams();
  if (hide.length > 0) parts.set('hide', hide.join(','));
  for (const [name, value] of Object.entries(start)) parts.set(START + name, value);
  if (seed !== undefined) parts.set('seed', String(seed));
  if (question) {
    parts.set('ask', question.text);
    if ('options' in question) for (const option of question.options) parts.append('option', option);
    const right = 'options' in question ? question.right : `${question.answer}~${question.tolerance}`;
    parts.set('check', cover(`=${right}`, question.text));
  }
  const text = parts.toString().replaceAll('%2C', ',');
  return text && `?${text}`;
}

/** Whether a figure has a seed for a class to share. */
export function takesSeed({ controls, isSeeded = false }: Figure): boolean {
  return isSeeded || 'seed' in controls;
}

/** What an address's query says of a figure, whoever wrote it: what is not understood is left out, and named. */
export function readEmbedLink(search: string, figure: Figure): ReadEmbedLink {
  const problems: string[] = [];
  const nothing: EmbedLink = { hide: [], start: {} };
  if (search.length > LONGEST)
    return { ...nothing, problems: [`It is longer than ${LONGEST} characters, and was not read.`] };
  const parts = new URLSearchParams(search);
  const isControl = (name: string) => {
    const isThere = Object.hasOwn(figure.controls, name);
    if (!isThere) problems.push(`This figure has no control “${shortened(name)}”.`);
    return isThere;
  };
  const start: Record<string, string> = {};
  for (const name of new Set(parts.keys())) {
    if (name.startsWith(START)) {
      const control = name.slice(START.length);
      if (isControl(control)) start[control] = parts.get(name) ?? '';
    } else if (!['hide', 'seed', 'ask', 'option', 'check'].includes(name)) {
      problems.push(`“${shortened(name)}” means nothing here.`);
    }
  }
  const hide = (parts.get('hide') ?? '').split(',').filter((name) => name !== '' && isControl(name));
  const seed = readSeed(parts);
  if (seed instanceof Error) problems.push(seed.message);
  else if (seed !== undefined && !takesSeed(figure))
    problems.push('Nothing in this figure is drawn with a seed.');
  const question = readQuestion(parts);
  if (question instanceof Error) problems.push(question.message);
  return {
    hide,
    start,
    seed: seed instanceof Error ? undefined : seed,
    question: question instanceof Error ? undefined : question,
    problems,
  };
}

function readQuestion(parts: URLSearchParams): Question | undefined | RangeError {
  const [text, check] = [parts.get('ask')?.trim(), parts.get('check')];
  const options = parts.getAll('option').filter((option) => option.trim() !== '');
  if (!text)
    return check === null && options.length === 0
      ? undefined
      : new RangeError('There is an answer without a question.');
  if (check === null) return new RangeError('The question has no answer to be compared with.');
  const right = uncover(check, parts.get('ask') ?? '');
  const [, place] = /^=(\d)$/.exec(right) ?? [];
  if (options.length > 0) {
    if (options.length < 2 || options.length > MOST_OPTIONS)
      return new RangeError(
        `A question has 2 to ${MOST_OPTIONS} answers to choose from, not ${options.length}.`,
      );
    if (new Set(options).size < options.length) return new RangeError('Two of the answers are the same.');
    if (place === undefined || Number(place) >= options.length) return new RangeError(FOREIGN_CHECK);
    return { text, options, right: Number(place) };
  }
  const [answer, tolerance] = right.startsWith('=') ? right.slice(1).split('~').map(readNumber) : [];
  if (answer === undefined || tolerance === undefined || !Number.isFinite(answer) || !(tolerance >= 0))
    return new RangeError(FOREIGN_CHECK);
  return { text, answer, tolerance };
}

const FOREIGN_CHECK =
  'The answer that it holds does not belong to its question: was one of them changed by hand?';

/**
 * A text that cannot be read in an address at a glance. No secret: whoever reads this program can uncover it.
 *
 * @param key what it goes with: beside another it is uncovered as something else
 */
function cover(text: string, key: string): string {
  const covered = mixed(new TextEncoder().encode(text), key);
  return btoa(String.fromCharCode(...covered))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** The text that was covered; empty where there is none. */
function uncover(covered: string, key: string): string {
  try {
    const letters = atob(covered.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(
      mixed(
        Uint8Array.from(letters, (letter) => letter.charCodeAt(0)),
        key,
      ),
    );
  } catch {
    return '';
  }
}

/** Done twice, it is as it was. */
function mixed(bytes: Uint8Array, key: string): Uint8Array {
  const random = new Random(crc32(new TextEncoder().encode(key)));
  return bytes.map((byte) => byte ^ random.below(256));
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
