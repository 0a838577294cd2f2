import {
  defaultSetup,
  formatSetup,
  parseSetup,
  type Setup,
  type SetupName,
  setupNames,
  setupOptions,
} from '../lib/training/setup.ts';

/** Raised when an address of before would mean something else now. */
const VERSION = '1';
const VERSION_KEY = 'v';
/** An address of somebody else's is not to fill the reader's memory: 20 million parameters are 80 MB. */
const MOST_PARAMETERS = 20e6;
const MOST_LAYERS = 20;
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
    return { setup: checkForLab(parseSetup(texts)), problem: undefined };
  } catch (error) {
    return {
      setup: defaultSetup,
      problem: `The address holds no set-up that can be run: ${(error as Error).message}. This is the usual one.`,
    };
  }
}

/**
 * A set-up that this page can run on pictures of digits.
 *
 * @throws RangeError that says why it cannot
 */
export function checkForLab(setup: Setup): Setup {
  const { layers } = setup;
  if (layers[0] !== 784) throw new RangeError(`Layers must begin with the 784 pixels, not with ${layers[0]}`);
  if (layers.at(-1) !== 10)
    throw new RangeError(`Layers must end with the 10 digits, not with ${layers.at(-1)}`);
  if (layers.length - 1 > MOST_LAYERS)
    throw new RangeError(`Layers must be at most ${MOST_LAYERS}, not ${layers.length - 1}`);
  const parameters = layers.slice(1).reduce((sum, units, l) => sum + units * (layers[l]! + 1), 0);
  if (parameters > MOST_PARAMETERS) {
    throw new RangeError(
      `Layers make ${(parameters / 1e6).toFixed(0)} million parameters; ${MOST_PARAMETERS / 1e6} million are the most for a browser`,
    );
  }
  return setup;
}
