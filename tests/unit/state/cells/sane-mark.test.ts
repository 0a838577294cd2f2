import { describe, expect, test } from 'vitest';
import { saneMark } from '../../../../src/state/cells/sane-mark.ts';

const mark = (tag: string, attributes: [string, string][] = [], children: unknown[] = []) => ({
  tag,
  attributes,
  children,
});

describe('a drawing out of a cell', () => {
  test('keeps what draws', () => {
    const drawing = mark(
      'svg',
      [['viewBox', '0 0 1 1']],
      [
        mark('path', [
          ['d', 'M0,0'],
          ['fill', 'var(--ink)'],
        ]),
        'text',
      ],
    );
    expect(saneMark(drawing)).toEqual(drawing);
  });

  test.each([
    'script',
    'style',
    'image',
    'use',
    'a',
    'iframe',
    'foreignObject',
    'animate',
    'input',
    'SCRIPT',
  ])('loses <%s>', (tag) => expect(saneMark(mark('svg', [], [mark(tag)]))?.children).toEqual([]));

  test.each([
    ['onload', 'alert(1)'],
    ['href', 'https://elsewhere.example/'],
    ['class', 'masthead'],
    ['fill', 'url(https://elsewhere.example/#a)'],
    ['fill', 'u\\72l(https://elsewhere.example/)'],
    ['style', 'position: fixed; inset: 0'],
    ['style', 'background: url(https://elsewhere.example/)'],
    ['dangerouslySetInnerHTML', '<b>'],
  ])('loses %s="%s"', (name, value) => {
    const kept = saneMark(mark('rect', [[name, value]]))!
      .attributes.map(([, text]) => text)
      .join('');
    expect(kept).toBe('');
  });

  test('names its own parts apart from those of the page', () => {
    expect(
      saneMark(
        mark('g', [
          ['id', 'content'],
          ['clip-path', 'url(#content)'],
        ]),
      )?.attributes,
    ).toEqual([
      ['id', 'cell-content'],
      ['clip-path', 'url(#cell-content)'],
    ]);
  });

  test.each([
    undefined,
    null,
    3,
    'svg',
    { tag: 'svg', attributes: 'x', children: { length: 5 } },
    { tag: ['svg'] },
  ])('may be anything: %j is no harm', (value) => expect(() => saneMark(value)).not.toThrow());
});
