import { describe, expect, test } from 'vitest';
import { headersFile, headersOf } from '../../../scripts/site/headers.ts';

/** One file in its folder by its content, one not; folders of one kind, and one within another; what others may frame. */
const FILES = [
  '404.html',
  '_astro/page.B3x9.css',
  '_astro/fonts/a.woff2',
  'backprop/index.html',
  'backprop/paths/index.html',
  'data/index.html',
  'data/manifest.json',
  'data/train-0.0a1b2c3d.bin',
  'embed/index.html',
  'embed/softmax/index.html',
  'index.html',
  'models/shipped.safetensors',
  'theme.js',
];

describe('the file of headers for hosts', () => {
  test.each(['/', '/some/path/'])('says of each file below %s what our own server sends', (base) => {
    const rules = rulesOf(headersFile(FILES, base));
    for (const name of FILES) {
      const address = base + name.replace(/(^|\/)index\.html$/, '$1');
      expect(Object.fromEntries(headersFor(address, rules)), name).toEqual(headersOf(name));
    }
  });

  test('lets others frame the figures that stand alone, and nothing else', () => {
    const rules = rulesOf(headersFile(FILES, '/'));
    const policyOf = (address: string) =>
      Object.fromEntries(headersFor(address, rules))['Content-Security-Policy'];
    for (const address of ['/', '/data/', '/backprop/paths/', '/theme.js', '/404.html'])
      expect(policyOf(address), address).toBe("frame-ancestors 'self'");
    for (const address of ['/embed/', '/embed/softmax/']) expect(policyOf(address), address).toBeUndefined();
  });

  test('says nothing twice: hosts would join the two', () => {
    const rules = rulesOf(headersFile(FILES, '/'));
    for (const name of FILES) {
      const keys = headersFor(`/${name.replace(/(^|\/)index\.html$/, '$1')}`, rules).map(([key]) => key);
      expect(new Set(keys).size, name).toBe(keys.length);
    }
  });

  test('keeps for ever only what has its content in its name, in folders that hold nothing else', () => {
    const kept = rulesOf(headersFile(FILES, '/')).filter(({ headers }) =>
      headers.some(([, value]) => value.includes('immutable')),
    );
    expect(kept.map(({ path }) => path)).toEqual(['/_astro/*', '/data/train-0.0a1b2c3d.bin']);
  });

  test('holds what every answer has, also one to an unknown address', () => {
    const everywhere = Object.fromEntries(headersFor('/unknown', rulesOf(headersFile(FILES, '/'))));
    expect(everywhere).toMatchObject({
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  test('is refused when it is longer than hosts read', () => {
    const many = Array.from({ length: 101 }, (_, index) => `${index}.js`);
    expect(() => headersFile([...many, '_astro/a.js'], '/')).toThrow('103 rules');
  });
});

interface Rule {
  readonly path: string;
  readonly headers: [string, string][];
}

/** Read as the hosts do: an address in a line of its own, its headers below it, further in. */
function rulesOf(text: string): Rule[] {
  const rules: Rule[] = [];
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const header = /^ {2}([\w-]+): (.+)$/.exec(line);
    if (header) rules.at(-1)!.headers.push([header[1]!, header[2]!]);
    else rules.push({ path: line, headers: [] });
  }
  return rules;
}

function headersFor(address: string, rules: readonly Rule[]): [string, string][] {
  return rules
    .filter(({ path }) => (path.endsWith('*') ? address.startsWith(path.slice(0, -1)) : address === path))
    .flatMap(({ headers }) => headers);
}
