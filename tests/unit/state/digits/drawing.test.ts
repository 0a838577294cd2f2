import { readFileSync } from 'node:fs';
import { signal } from '@preact/signals';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { otherDrawing } from '../../../../src/lib/ink/other-drawings.ts';
import { rowOfDigits } from '../../../../src/lib/ink/row-of-digits.ts';
import { strokeDigit } from '../../../../src/lib/ink/stroke-digits.ts';
import { openNetwork } from '../../../../src/lib/models/open-network.ts';
import { Network } from '../../../../src/lib/nn/network.ts';
import { Random } from '../../../../src/lib/nn/random.ts';
import { createNumberReading } from '../../../../src/state/digits/number-reading.ts';
import { passOf } from '../../../../src/state/digits/read-through.ts';
import { createDrawing, padPoint } from '../../../../src/state/digits/drawing.ts';

const at = (x: number, y: number) => padPoint(x, y, 0.5);

/** An upright line at 100, and a level one at 300 below. */
function twoStrokes() {
  const drawing = createDrawing();
  drawing.beginStroke(at(100, 50));
  drawing.extendStroke([at(100, 350)]);
  drawing.beginStroke(at(200, 300));
  drawing.extendStroke([at(400, 300)]);
  return drawing;
}
const starts = (drawing: ReturnType<typeof createDrawing>) =>
  drawing.sheet.value.strokes.map(({ points }) => points[0]!.x);

describe('an eraser', () => {
  test('takes away the strokes that its way meets, and no others', () => {
    const drawing = twoStrokes();
    drawing.erase(at(20, 200), at(180, 210));
    expect(starts(drawing)).toEqual([200]);
    drawing.erase(at(300, 20), at(300, 200));
    expect(starts(drawing)).toEqual([200]);
    drawing.erase(at(300, 290), at(300, 290));
    expect(starts(drawing)).toEqual([]);
  });

  test('meets the ink, half the line’s width from its middle and not further', () => {
    const drawing = twoStrokes();
    drawing.erase(at(114, 200), at(114, 200));
    expect(starts(drawing)).toEqual([100, 200]);
    drawing.erase(at(112, 200), at(112, 200));
    expect(starts(drawing)).toEqual([200]);
  });

  test('can be taken back', () => {
    const drawing = twoStrokes();
    drawing.erase(at(0, 200), at(410, 200));
    drawing.undo();
    expect(starts(drawing)).toEqual([100, 200]);
  });

  test('that meets nothing leaves nothing to take back', () => {
    const drawing = createDrawing();
    drawing.erase(at(10, 10), at(400, 400));
    expect(drawing.canUndo.value).toBe(false);
  });
});

describe('a stroke that is dropped', () => {
  test('has never been: it can be had back by neither undo nor redo', () => {
    const drawing = createDrawing();
    drawing.beginStroke(at(300, 300));
    drawing.extendStroke([at(310, 310)]);
    drawing.dropStroke();
    expect(starts(drawing)).toEqual([]);
    expect([drawing.canUndo.value, drawing.canRedo.value]).toEqual([false, false]);
  });

  test('is the one under way alone: one that was taken back already takes no other along', () => {
    const drawing = twoStrokes();
    drawing.undo();
    drawing.dropStroke();
    expect(starts(drawing)).toContain(100);
  });
});

describe('a network that was shown what is no digit', () => {
  const file = readFileSync(new URL('../../../../public/models/shipped.safetensors', import.meta.url));
  const { model, metadata } = openNetwork(file);
  const network = Network.fromModel(model, { loss: metadata.loss });

  test('cannot tell a scribble, where nobody asks for less, and reads it where somebody does', () => {
    const drawing = createDrawing();
    drawing.readWith('shipped', { network, metadata });
    drawing.putOn(otherDrawing('scribbles', new Random(4)));
    expect(drawing.refusesBelow.value).toBe(0.5);
    expect(drawing.sentence.value).toMatch(/^I can’t tell: the likeliest is a \d, with \d+\.\d\s%$/);
    drawing.refuseBelow(0.05);
    expect(drawing.sentence.value).toMatch(/^Prediction: \d, \d+\.\d\s% sure$/);
  });

  test('is surer of a digit than it has to be', () => {
    const drawing = createDrawing();
    drawing.readWith('shipped', { network, metadata });
    drawing.putOn(strokeDigit(3, new Random(4)));
    expect(drawing.sentence.value).toMatch(/^Prediction: 3,/);
  });

  test('in a number puts a question mark for what it cannot tell', () => {
    const drawing = createDrawing();
    drawing.readWith('shipped', { network, metadata });
    const number = createNumberReading(drawing);
    drawing.putOn(rowOfDigits([4, 7], new Random(3), { least: 0.2, most: 0.3 }).flat());
    expect(number.sentence.value).toMatch(/^Prediction: 47,/);
    const least = Math.min(
      ...number.digits.value!.map(({ reading }) => reading.probabilities[reading.digit]!),
    );
    drawing.refuseBelow(least + 1e-9);
    expect(number.sentence.value).toMatch(
      /^Prediction: (\?7|4\?), .*; what I can’t tell is a question mark$/,
    );
    drawing.refuseBelow(1.1);
    expect(number.sentence.value).toBe('I can’t tell any of the 2');
  });

  test('is never unsure where its file says nothing of it', () => {
    const drawing = createDrawing();
    const { refusal: _, ...others } = metadata;
    drawing.readWith('shipped', { network, metadata: others });
    drawing.putOn(otherDrawing('scribbles', new Random(4)));
    drawing.refuseBelow(0.9);
    expect(drawing.sentence.value).toMatch(/^Prediction: \d/);
  });
});

test('a drawing’s way through a network reads the weights once, and those of another network anew', () => {
  const [one, other] = [1, 2].map((seed) =>
    Network.initialize(
      { inputs: 784, layers: [{ units: 10, activation: 'softmax' }] },
      'he',
      new Random(seed),
    ),
  ) as [Network, Network];
  const network = signal(one);
  const drawing = createDrawing();
  const pass = passOf(drawing, () => network.value);
  drawing.putOn(strokeDigit(3, new Random(4)));
  const first = pass.value!;
  drawing.putOn(strokeDigit(8, new Random(4)));
  const second = pass.value!;
  expect(second.values('weight', 1)).toBe(first.values('weight', 1));
  expect(second.values('activation', 1)).not.toEqual(first.values('activation', 1));
  network.value = other;
  expect(pass.value!.values('weight', 1)).toEqual(other.layers[0].read('weights'));
});

describe('the network that reads', () => {
  const asked: string[] = [];
  afterEach(() => {
    vi.unstubAllGlobals();
    asked.length = 0;
  });
  /** A site that has these networks. */
  const site = (...names: string[]) =>
    vi.stubGlobal('fetch', async (url: string) => {
      const name = /([a-z]+)\.safetensors$/.exec(url)?.[1] ?? '';
      asked.push(name);
      if (!names.includes(name)) return new Response(null, { status: 404 });
      return new Response(
        readFileSync(new URL(`../../../../public/models/${name}.safetensors`, import.meta.url)),
      );
    });

  test('is the small one until there is ink, and goes on where the large one does not come', async () => {
    site('original');
    const drawing = createDrawing();
    await drawing.begin();
    expect(asked).toEqual(['original']);
    drawing.putOn(strokeDigit(3, new Random(4)));
    await vi.waitFor(() => expect(asked).toEqual(['original', 'shipped']));
    await new Promise((done) => setTimeout(done));
    expect(drawing.networkName.value).toBe('original');
    expect(drawing.sentence.value).toMatch(/^Prediction: 3/);
  });

  test('stays what somebody chose', async () => {
    site('original', 'shipped');
    const drawing = createDrawing();
    await drawing.begin();
    await drawing.chooseNetwork('original');
    drawing.putOn(strokeDigit(3, new Random(4)));
    await drawing.improve();
    expect(drawing.networkName.value).toBe('original');
  });

  test('is the large one once there is ink', async () => {
    site('original', 'shipped');
    const drawing = createDrawing();
    await drawing.begin();
    drawing.putOn(strokeDigit(3, new Random(4)));
    await vi.waitFor(() => expect(drawing.networkName.value).toBe('shipped'));
    expect(drawing.opened.value?.metadata.refusal).toBeDefined();
  });
});
