import {
  formatCount,
  formatDecimals,
  formatNumber,
  formatShare,
  printEquation,
} from '../../explain/numbers.ts';
import type { RefusalPrice } from '../../lib/experiments/refusal.ts';
import type { PixelVotes } from '../../lib/experiments/pixel-votes.ts';
import { PAD } from '../../lib/ink/stroke.ts';
import type { WrittenDigit } from '../../lib/ink/stroke-file.ts';
import type { Drawing } from '../../state/digits/drawing.ts';
import type { ReadThen } from '../../state/run/epoch-reader.ts';
import type { OwnLesson } from './own-lesson.ts';

/** What a network is: its layers, and what its file says of it. */
export function describeNetwork({ opened, networkName, isChosen, hasInk }: Drawing): string {
  if (!opened.value) return 'Its file is being fetched.';
  const { network, metadata } = opened.value;
  const sizes = [network.inputs, ...network.layers.map(({ units }) => units)].join('-');
  const accuracy = metadata.metrics?.['testAccuracy'];
  if (accuracy === undefined) return `${sizes}, trained by you.`;
  const isToImprove = networkName.value === 'original' && !isChosen.value && !hasInk.value;
  const better = isToImprove ? ' Draw, and a larger one comes.' : '';
  return `${sizes}. It reads ${formatShare(accuracy, 2)} of MNIST's test images right, says its file.${better}`;
}

/** Of what is refused, what the network should have read. */
const DIGITS: ReadonlySet<string> = new Set(['test images', 'pen digits']);

/** What a threshold costs on both sides: digits that are refused, and other drawings that are still read as digits. */
export function describeRefusal({ threshold, refused }: RefusalPrice): { digits: string; others: string } {
  const all = Object.entries(refused);
  // Digits were counted by thousands, other drawings by hundreds.
  const list = (areDigits: boolean, decimals: number) =>
    all
      .filter(([name]) => DIGITS.has(name) === areDigits)
      .map(([name, share]) => `${formatShare(share, decimals)} of ${name}`)
      .join(', ');
  return {
    digits: `Where no digit has ${formatShare(threshold, 0)}, it says that it can’t tell. So it refuses digits that it should read: ${list(true, 2)}.`,
    others: `And it refuses what is no digit, as it should: ${list(false, 1)}.`,
  };
}

/** One of the 784 numbers: where it stands, what it is, what it comes from, and what it adds to the score. */
export function describePixel(
  { reading, preparation, way, sheet }: Drawing,
  index: number,
  vote: number | undefined,
): string {
  const [row, column] = [Math.floor(index / 28), index % 28];
  const byte = reading.value!.image[index];
  const where = `Number ${index} of 0 to 783 is row ${row}, column ${column}: ${byte} of 255, for the network ${formatNumber(reading.value!.input[index])}.`;
  const side = way.value === 'blocks' ? PAD / 28 : preparation.value?.mnist.unitsPerPixel;
  const from =
    sheet.value.sample || !side
      ? 'It came so from MNIST.'
      : `It is the mean of ${formatDecimals(side, 1)} × ${formatDecimals(side, 1)} of the pad.`;
  return vote ? `${where} ${from} It adds ${formatNumber(vote)} to the score.` : `${where} ${from}`;
}

/** A score as the sum that it is, with as many digits as it takes to hold as printed. */
export function describeScore({ pro, contra, rest, score }: PixelVotes): string {
  const { inputs, result, sign } = printEquation(
    [pro, -contra, Math.abs(rest)],
    ([up, down, other]) => up - down + (rest < 0 ? -other : other),
    score,
  );
  const [up, down, other] = inputs;
  // A sign stays with its number where the line ends.
  return `${up} for it −\u00a0${down} against it ${rest < 0 ? '−' : '+'}\u00a0${other} from the biases ${sign}\u00a0${result}`;
}

/** What the lesson has come to, or what it waits for. */
export function describeOwnLesson(lesson: OwnLesson): string {
  const [now, taught, digit] = [lesson.lesson.value, lesson.taught.value, lesson.digit.value];
  if (lesson.isBusy.value) return 'The 10,000 test digits are being read…';
  if (!taught || !now || now.steps === 0) {
    return digit
      ? `Taught: the digit on the pad, a ${digit.labels[0]}, to the network that reads it there.`
      : 'Draw a digit above, best one that is read wrong, and say what it was meant to be.';
  }
  const wanted = taught.digit.labels[0];
  const cost = `${formatCount(now.broken)} test digits are broken, and ${formatCount(now.mended)} mended`;
  return now.read === wanted
    ? `Learnt: your ${wanted} is read as ${now.read}. ${cost}. The pad reads with this network now: draw another ${wanted}.`
    : `Your ${wanted} is still read as ${now.read}. ${cost}.`;
}

/** Since which epoch a digit is read as it is now, or as it was meant. */
export function describeEpochs(readings: readonly ReadThen[], label: number | undefined): string {
  const last = readings.at(-1);
  if (!last) return 'Draw a digit above: every epoch of your network will read it.';
  const wanted = label ?? last.digit;
  const wrong = readings.findLastIndex(({ digit }) => digit !== wanted);
  const since = readings[wrong + 1]?.epoch;
  const what = label === undefined ? `It reads a ${wanted}` : `It reads your ${wanted}`;
  if (since === undefined)
    return `To the end it takes your ${wanted} for a ${last.digit}: it never learnt this one.`;
  if (since === 0) return `${what} from the beginning: before it was trained, that was luck.`;
  return `${what} ever since epoch ${since}.`;
}

/** How many digits the reader has kept, and how many of them the network of the pad reads right. */
export function describeOwnDigits(
  digits: readonly WrittenDigit[],
  read: (digit: WrittenDigit) => number | undefined,
): string {
  if (digits.length === 0) return 'You have kept none yet: draw one, say what it is, and keep it.';
  const count = `You have kept ${formatCount(digits.length)}`;
  if (digits.some((digit) => read(digit) === undefined)) return `${count}.`;
  const right = digits.filter((digit) => read(digit) === digit.label).length;
  return `${count}; the network that reads the pad reads ${formatCount(right)} of them right, ${formatShare(right / digits.length)}.`;
}
