import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { colourScales, notation, texMacros, texOptions } from '../../src/lib/notation.ts';

describe('the notation', () => {
  for (const [name, { code, tex, macro, spoken, scale }] of Object.entries(notation)) {
    test(`${name} has a formula that KaTeX sets, words, a name in code and a colour`, () => {
      const set = katex.renderToString(macro, { ...texOptions, macros: { ...texMacros } });
      expect(set).toContain(`data-quantity="${name}"`);
      expect(katex.renderToString(tex, { throwOnError: true })).toContain('katex');
      expect(spoken).not.toBe('');
      expect(code).toMatch(/^\w+$/);
      expect(Object.keys(colourScales)).toContain(scale);
    });
  }

  test('every macro is one quantity’s alone', () => {
    const macros = Object.values(notation).map(({ macro }) => macro);
    expect(new Set(macros).size).toBe(macros.length);
  });

  test('a layer’s number stands in brackets above', () => {
    expect(
      katex.renderToString('\\at{\\delta}{3}', { ...texOptions, macros: { ...texMacros }, output: 'mathml' }),
    ).toContain('<mn>3</mn>');
  });
});
