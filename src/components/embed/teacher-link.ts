import { computed, signal } from '@preact/signals';
import { readNumber } from '../../lib/written-number.ts';
import {
  type EmbedLink,
  type Question,
  formatEmbedLink,
  readEmbedLink,
} from '../../state/page/embed-link.ts';
import { address } from '../../state/site/address.ts';
import { type Embed, embeds, inPlace } from '../../state/site/embeds.ts';
import { HEIGHT_SCRIPT } from './frame-height.ts';
import { findControl, readControl } from './figure-controls.ts';

export type QuestionKind = 'none' | 'number' | 'choice';

/** What is typed into the form. */
export interface Typed {
  readonly kind: QuestionKind;
  readonly text: string;
  readonly answer: string;
  readonly tolerance: string;
  /** Of a choice: one answer a line. */
  readonly options: string;
  /** Which of them is right. */
  readonly right: number;
  readonly seed: string;
}

const NOTHING_TYPED: Typed = {
  kind: 'none',
  text: '',
  answer: '',
  tolerance: '0',
  options: '',
  right: 0,
  seed: '',
};

/** How high the frame is where nobody listens to what it says of its height. */
const HEIGHT = 700;

export type TeacherLink = ReturnType<typeof createTeacherLink>;

/** A link to a figure alone, while it is being made. */
export function createTeacherLink(first: string) {
  const name = signal(first);
  const hidden = signal<readonly string[]>([]);
  const start = signal<Readonly<Record<string, string>>>({});
  /** What the figure keeps in the address by itself, with its #. */
  const place = signal('');
  const typed = signal(NOTHING_TYPED);

  const embed = computed((): Embed => embeds[name.value]);
  const link = computed((): EmbedLink => {
    const { seed } = typed.value;
    return {
      hide: hidden.value,
      start: start.value,
      seed: seed.trim() === '' ? undefined : readNumber(seed),
      question: questionOf(typed.value),
    };
  });
  const query = computed(() => formatEmbedLink(link.value));
  /** Read again as the figure will read it. */
  const problems = computed(() => [
    ...readEmbedLink(query.value, embed.value).problems,
    ...missingIn(typed.value),
  ]);
  /** From the page's own origin. */
  const path = computed(() => `${address(`embed/${name.value}/`)}${query.value}${place.value}`);
  const url = computed(() =>
    typeof location === 'undefined' ? path.value : new URL(path.value, location.href).href,
  );

  return {
    name: computed(() => name.value),
    hidden: computed(() => hidden.value),
    typed: computed(() => typed.value),
    embed,
    problems,
    path,
    url,
    /** Whether it begins otherwise than as built. */
    hasStart: computed(() => place.value !== '' || Object.keys(start.value).length > 0),
    code: (title: string) =>
      `<iframe src="${escaped(url.value)}" title="${escaped(title)}" style="width: 100%; height: ${HEIGHT}px; border: 0"></iframe>\n${HEIGHT_SCRIPT}`,
    /** Another figure, as it is built; the question stays. */
    choose(next: string): void {
      name.value = next;
      hidden.value = [];
      start.value = {};
      place.value = '';
    },
    toggle(control: string): void {
      const isHidden = hidden.peek().includes(control);
      hidden.value = Object.keys(embed.peek().controls).filter((each) =>
        each === control ? !isHidden : hidden.peek().includes(each),
      );
    },
    type(change: Partial<Typed>): void {
      typed.value = { ...typed.peek(), ...change };
    },
    /** Lets it begin as a figure stands now; what no control says, such as a trained network, is left out. */
    beginAs(page: Document): void {
      const figure = page.querySelector('figure');
      if (!figure) return;
      const { controls, keepsPlace = false } = embed.peek();
      const values = Object.keys(controls).flatMap((control): [string, string][] => {
        if (keepsPlace && inPlace.has(control)) return [];
        const [element] = findControl(figure, embed.peek(), control);
        const value = element && readControl(element);
        return value === undefined ? [] : [[control, value]];
      });
      start.value = Object.fromEntries(values);
      place.value = keepsPlace ? page.location.hash : '';
    },
    beginAsBuilt(): void {
      start.value = {};
      place.value = '';
    },
  };
}

export function optionsOf({ options }: Typed): string[] {
  return options
    .split('\n')
    .map((option) => option.trim())
    .filter((option) => option !== '');
}

function questionOf(typed: Typed): Question | undefined {
  const text = typed.text.trim();
  if (typed.kind === 'none' || text === '') return undefined;
  return typed.kind === 'choice'
    ? { text, options: optionsOf(typed), right: typed.right }
    : { text, answer: readNumber(typed.answer), tolerance: readNumber(typed.tolerance) };
}

/** What the form has to say before there is a link to read: the reader of links knows of no form. */
function missingIn({ kind, text, answer, tolerance }: Typed): string[] {
  if (kind === 'none') return [];
  if (text.trim() === '') return ['The question is still empty.'];
  if (kind === 'number' && !Number.isFinite(readNumber(answer)))
    return ['The right answer is still no number.'];
  if (kind === 'number' && !(readNumber(tolerance) >= 0))
    return ['How far off may it be? That is still no number.'];
  return [];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
