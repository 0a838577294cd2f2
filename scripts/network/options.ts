import { parseArgs } from 'node:util';
import type { ActivationChoice } from '../../src/lib/models/activation-choice.ts';
import {
  type Setup,
  type SetupName,
  parseSetup,
  setupNames,
  setupOptions,
} from '../../src/lib/training/setup.ts';

/** A mistake on the command line: its message is all that need be printed. */
export class UsageError extends Error {}

export interface CommandOptions {
  /** The flags that are no part of a set-up, by name: `{ out: 'FILE' }`. */
  readonly own: Readonly<Record<string, string | undefined>>;
  readonly files: readonly string[];
  readonly setup: Setup;
  /** The options of the set-up that were given, as texts. */
  readonly given: { readonly [Name in SetupName]?: string | undefined };
}

/**
 * Reads a command line: every option of a set-up as a flag, and the command's own flags.
 *
 * @throws UsageError that names the flag
 */
export function readOptions(args: readonly string[], ownFlags: readonly string[]): CommandOptions {
  const names = [...setupNames.map((name) => setupOptions[name].flag), ...ownFlags];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const texts = parsed.values as Record<string, string | undefined>;
  const ofSetup: { [Name in SetupName]?: string | undefined } = {};
  for (const name of setupNames) {
    const text = texts[setupOptions[name].flag];
    if (text !== undefined) ofSetup[name] = text;
  }
  const own = Object.fromEntries(ownFlags.map((name) => [name, texts[name]]));
  try {
    return { own, files: parsed.positionals, given: ofSetup, setup: parseSetup(ofSetup) };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** How many generated pen digits a network is measured with, unless `--pen` says otherwise. */
export const PEN_DIGITS = '5000';

/** @throws UsageError */
export function readCount(flag: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 100_000)
    throw new UsageError(`--${flag} is an integer from 1 to 100000, not ${text}`);
  return count;
}

/** What the command line says of activations that a network's file does not name. */
export function activationChoice(texts: Readonly<Record<string, string | undefined>>): ActivationChoice {
  return { hidden: texts['activation']?.split(',').map((name) => name.trim()), output: texts['output'] };
}

/** The flags of a set-up, a line each: name, default and what it is. */
export function describeFlags(): string {
  return setupNames
    .map((name) => {
      const option = setupOptions[name] as {
        flag: string;
        help: string;
        default: unknown;
        allowed?: readonly string[];
      };
      const allowed = option.allowed ? ` (${option.allowed.join(', ')})` : '';
      return `  --${option.flag.padEnd(16)} ${option.help}${allowed}; ${option.default}`;
    })
    .join('\n');
}
