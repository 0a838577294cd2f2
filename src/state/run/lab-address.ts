import {
  checkForDigits,
  defaultSetup,
  formatSetup,
  parseSetup,
  type Setup,
  type SetupName,
  setupNames,
  setupOptions,
} from '../../lib/training/setup.ts';

/** Raised when an address of before would mean something else now. */
const VERSION = '1';
const VERSION_KEY = 'v';
/** A set-up in full is some 400 characters. */
const LONGEST = 2000;

export interface ReadAddress {
  readonly setup: Setup;
  /** Why the address was not followed, where it was not: then the set-up is the default. */
  readonly problem: string | undefined;
}

/** A set-up as the part of an address after the #: only what is not the default, by the names of the flags. */
export function formatLabAddress(setup: Setup): string {
  const texts = formatSetup(setup);
  const parts = new URLSearchParams({ [VERSION_KEY]: VERSION });
  for (const name of setupNames) {
    const text = texts[name];
    if (text !== undefined) parts.set(setupOptions[name].flag, text);
  }
  return `#${parts.toString().replaceAll('%2C', ',')}`;
}

/** The set-up of an address, whoever wrote it: anything that is not wholly understood gives the default, and says so. */
export function readLabAddress(hash: string): ReadAddress {
  const text = hash.replace(/^#/, '');
  if (text === '') return { setup: defaultSetup, problem: undefined };
  try {
    if (text.length > LONGEST) throw new RangeError(`it is longer than ${LONGEST} characters`);
    const parts = new URLSearchParams(text);
    const version = parts.get(VERSION_KEY);
    if (version !== VERSION)
      throw new RangeError(`its version is ${version ?? 'missing'}, and this page reads version ${VERSION}`);
    const texts: { [Name in SetupName]?: string } = {};
    for (const [flag, value] of parts) {
      if (flag === VERSION_KEY) continue;
      const name = setupNames.find((each) => setupOptions[each].flag === flag);
      if (!name) throw new RangeError(`there is no option ${flag.slice(0, 40)}`);
      if (texts[name] !== undefined) throw new RangeError(`${setupOptions[name].label} stands in it twice`);
      texts[name] = value;
    }
    return { setup: checkForDigits(parseSetup(texts)), problem: undefined };
  } catch (error) {
    return {
      setup: defaultSetup,
      problem: `The address holds no set-up that can be run: ${(error as Error).message}. This is the usual one.`,
    };
  }
}
