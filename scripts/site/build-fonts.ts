import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprintOf, keepFingerprint, keptFingerprint } from './fingerprint.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = 'src/styles/fonts';
const FINGERPRINT_FILE = join(ROOT, '.cache', 'fonts-fingerprint');
const THIS_FILE = 'scripts/site/build-fonts.ts';

const charactersFrom = (first: number, last: number) =>
  String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, n) => first + n));

const ASCII = charactersFrom(0x20, 0x7e);
const PUNCTUATION = '\u00a0–—‘’“”…′″·×÷−±°§½¼¾¹²³⁰∕←↑→↓';
/** The letters of Western Europe: in what readers write, names of files and comments in code. */
const LATIN = charactersFrom(0xa0, 0xff);
const GREEK = 'αβγδεζηθκλμνξπρστφχψωΔΘΛΣΦΩ';
/** What formulas are made of: signs, arrows, and the letters that are their own. */
const SIGNS = '\u200b\u2061\u2062\u2063∂∇∑∏√∞≈≠≤≥≪≫∈∉∣∥⊙⊤⊥⋅⋯⋮⋱∘∗∼≡∝∪∩∖∅∀∃¬∧∨↦⇒⟨⟩⌊⌋⌈⌉ℓℒ';

const CAPITALS = charactersFrom(0x41, 0x5a);

/** What grows with what it stands around or before. */
const LARGE = '()[]{}/\\|∑∏∫√∣∥⟨⟩⌊⌋⌈⌉';

/** By name, since the types of subset-font do not know all of its options. */
const CUT = {
  targetFormat: 'woff2' as const,
  /** What letters do among others: kerning, ligatures, accents, and digits of one width, which tables ask for. */
  keepFeatures: ['calt', 'ccmp', 'kern', 'liga', 'locl', 'mark', 'mkmk', 'tnum'],
  /** Hints fit the lines of letters to coarse pixels, which browsers' smoothing does by now. */
  noHinting: true,
};

/** Each font file, the characters that stay, and for a font of many weights those that stay. */
const FONTS: readonly (readonly [
  file: string,
  text: string,
  weights?: number | { min: number; max: number },
])[] = [
  [
    '@fontsource-variable/literata/files/literata-latin-wght-normal.woff2',
    ASCII + PUNCTUATION,
    { min: 400, max: 700 },
  ],
  ['@fontsource-variable/literata/files/literata-latin-wght-italic.woff2', ASCII + PUNCTUATION, 400],
  ['@fontsource-variable/literata/files/literata-greek-wght-normal.woff2', GREEK, { min: 400, max: 700 }],
  [
    '@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2',
    ASCII + LATIN + PUNCTUATION,
    { min: 400, max: 700 },
  ],
  ['@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2', ASCII + LATIN + PUNCTUATION],
  ['katex/dist/fonts/KaTeX_Main-Regular.woff2', ASCII + PUNCTUATION + GREEK + SIGNS],
  ['katex/dist/fonts/KaTeX_Main-Bold.woff2', ASCII + GREEK],
  ['katex/dist/fonts/KaTeX_Math-Italic.woff2', ASCII + GREEK + SIGNS],
  ['katex/dist/fonts/KaTeX_Caligraphic-Regular.woff2', CAPITALS],
  ['katex/dist/fonts/KaTeX_Size1-Regular.woff2', LARGE],
  ['katex/dist/fonts/KaTeX_Size2-Regular.woff2', LARGE],
];

/** Of KaTeX's fonts that are cut, the characters that they still have. */
export const FORMULA_CHARACTERS: ReadonlyMap<string, string> = new Map(
  FONTS.filter(([file]) => file.startsWith('katex/')).map(([file, text]) => [basename(file, '.woff2'), text]),
);

/**
 * Cuts the fonts down to the characters and weights that the site uses, where that has not been done: half of their bytes.
 * What they lack comes from the reader's own fonts.
 *
 * @throws Error where a font is missing or cannot be read
 */
export async function ensureFonts(): Promise<void> {
  const fingerprint = fingerprintOf('', ROOT, [THIS_FILE, 'package-lock.json']);
  const built = keptFingerprint(FINGERPRINT_FILE);
  const madeFrom = (file: string) => join(ROOT, FOLDER, basename(file));
  if (built === fingerprint && FONTS.every(([file]) => existsSync(madeFrom(file)))) return;
  // Slow to load, and seldom needed.
  const { default: subset } = await import('subset-font');
  mkdirSync(join(ROOT, FOLDER), { recursive: true });
  for (const [file, text, wght] of FONTS) {
    const whole = readFileSync(join(ROOT, 'node_modules', file));
    const axes = wght === undefined ? undefined : { variationAxes: { wght } };
    const cut = await subset(whole, text, { ...CUT, ...axes });
    writeFileSync(madeFrom(file), cut);
  }
  keepFingerprint(FINGERPRINT_FILE, fingerprint);
}
