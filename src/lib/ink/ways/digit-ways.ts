import { eights, fives, nines, sevens, sixes } from './five-to-nine.ts';
import type { Way } from './way.ts';
import { fours, ones, threes, twos, zeros } from './zero-to-four.ts';

/** For each digit, the ways in which people write it. */
export type DigitWays = readonly (readonly Way[])[];

/**
 * The ways of which writers choose, after the variants that forms and teachers of handwriting distinguish: crossed and
 * uncrossed, open and closed, in one stroke and in two.
 */
export const digitWays: DigitWays = [zeros, ones, twos, threes, fours, fives, sixes, sevens, eights, nines];
