import { expect, test } from 'vitest';
import { architectureOf, defaultSetup } from '../../../../src/lib/training/setup.ts';
import type { Setup } from '../../../../src/lib/training/setup.ts';
import { presets } from '../../../../src/state/run/lab-presets.ts';

const words: Record<string, number> = {
  three: 3,
  seven: 7,
  eight: 8,
  twenty: 20,
  thirty: 30,
  'a thousand': 1000,
};

const preset = (name: string) => presets.find((each) => each.name === name)!;

function parameters({ layers }: Setup): number {
  return layers.slice(1).reduce((sum, units, l) => sum + units * (layers[l]! + 1), 0);
}

test('the wide network has as many units, and as many times the parameters, as its story says', () => {
  const { story, setup } = preset('Wide');
  const [, units, times] = /^(A thousand) units, (\w+) times the parameters/.exec(story)!;
  expect(setup.layers[1]).toBe(words[units!.toLowerCase()]);
  expect(Math.round(parameters(setup) / parameters(defaultSetup))).toBe(words[times!]);
});

test('the deep network has as many layers of sigmoids as its story says', () => {
  const { story, setup } = preset('Deep with sigmoid');
  const [, count] = /^(\w+) layers of sigmoids/.exec(story)!;
  const sigmoids = architectureOf(setup).layers.filter(({ activation }) => activation === 'sigmoid');
  expect(sigmoids).toHaveLength(words[count!.toLowerCase()]!);
});

test('the linear network has as many layers as its story says, none of them with a bend', () => {
  const { story, setup } = preset('Linear only');
  const [, count] = /^(\w+) layers without a bend/.exec(story)!;
  expect(setup.layers.length - 1).toBe(words[count!.toLowerCase()]);
  expect(setup.activation).toEqual(['linear']);
});

test('the small set has as many digits as its name and its story say', () => {
  const { name, story, setup } = preset('Overfit on 500');
  expect([name, story].map((text) => Number(/\d+/.exec(text)![0]))).toEqual([setup.examples, setup.examples]);
});
