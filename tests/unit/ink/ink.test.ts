import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CENTRE, blockMeans, mnistStyle, redrawn } from '../../../src/lib/ink/prepare.ts';
import { Raster } from '../../../src/lib/ink/raster.ts';
import { PAD, type Stroke, radiusAt } from '../../../src/lib/ink/stroke.ts';
import { strokeDigit, strokeDigits } from '../../../src/lib/ink/stroke-digits.ts';
import { Random } from '../../../src/lib/nn/random.ts';

const line = (points: [number, number][], width = 20): Stroke => ({
  points: points.map(([x, y]) => ({ x, y, pressure: 0.5 })),
  width,
});
const moved = ({ points, width }: Stroke, dx: number, dy: number, scale = 1): Stroke => ({
  points: points.map((point) => ({ ...point, x: point.x * scale + dx, y: point.y * scale + dy })),
  width: width * scale,
});
const hook = line([
  [60, 60],
  [120, 50],
  [140, 110],
  [80, 190],
]);
const sum = (values: Uint8Array) => values.reduce((total, value) => total + value, 0);

function centreOfMass(image: Uint8Array): [number, number] {
  let [x, y] = [0, 0];
  image.forEach((ink, n) => {
    x += ink * ((n % 28) + 0.5);
    y += ink * (Math.floor(n / 28) + 0.5);
  });
  return [x / sum(image), y / sum(image)];
}

describe('the raster', () => {
  test('a dot is a disc of its radius, with smooth edges', () => {
    const { pixels } = Raster.of([line([[210, 210]], 40)]);
    expect(sum(pixels) / 255).toBeCloseTo(Math.PI * 20 * 20, -1);
    expect(pixels[210 * PAD + 210]).toBe(255);
    expect(pixels.some((value) => value > 0 && value < 255)).toBe(true);
  });

  test('a straight line has the area of a rectangle with round ends', () => {
    const { pixels } = Raster.of([
      line([
        [100, 200],
        [300, 200],
      ]),
    ]);
    expect(sum(pixels) / 255).toBeCloseTo(200 * 20 + Math.PI * 100, -1);
  });

  test('a stroke added as it grows gives the same picture as all at once', () => {
    const growing = new Raster();
    for (let n = 1; n <= hook.points.length; n++)
      growing.add({ ...hook, points: hook.points.slice(0, n) }, n - 1);
    expect(growing.pixels).toEqual(Raster.of([hook]).pixels);
  });

  test('every pixel of the pad has the ink that its distance from the line asks for, whatever the slope', () => {
    const random = new Random(4);
    const ends = (level: number) => ({
      a: { x: random.between(-60, 480), y: random.between(-60, 480), pressure: random.uniform() },
      b: { x: random.between(-60, 480), y: level, pressure: random.uniform() },
    });
    for (let n = 0; n < 12; n++) {
      const { a, b } = ends(random.between(-60, 480));
      // Upright, level, and as good as level lines too.
      const end = [b, { ...b, x: a.x }, { ...b, y: a.y }, { ...b, y: a.y + 1e-310 }, { ...b, y: a.y + 0.02 }][
        n % 5
      ]!;
      const stroke: Stroke = { points: [a, end], width: random.between(1, 60) };
      const { pixels } = Raster.of([stroke]);
      let worst = 0;
      for (let at = 0; at < PAD * PAD; at++) {
        const [x, y] = [(at % PAD) + 0.5, Math.floor(at / PAD) + 0.5];
        const [dx, dy] = [end.x - a.x, end.y - a.y];
        const t = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy)));
        const radius = (1 - t) * radiusAt(stroke, a) + t * radiusAt(stroke, end);
        const coverage = Math.max(
          radius + 0.5 - Math.hypot(x - a.x - t * dx, y - a.y - t * dy),
          radiusAt(stroke, a) + 0.5 - Math.hypot(x - a.x, y - a.y),
        );
        worst = Math.max(worst, Math.abs(pixels[at]! - 255 * Math.min(1, Math.max(0, coverage))));
      }
      expect(worst, `line ${n} from ${a.x}, ${a.y} to ${end.x}, ${end.y}`).toBeLessThan(0.51);
    }
  });

  test('ink twice over is no darker, and clear takes it all away', () => {
    const once = Raster.of([hook]);
    expect(Raster.of([hook, hook]).pixels).toEqual(once.pixels);
    once.clear();
    expect(sum(once.pixels)).toBe(0);
  });

  test('pressure widens the line', () => {
    const pressed = { ...hook, points: hook.points.map((point) => ({ ...point, pressure: 1 })) };
    expect(sum(Raster.of([pressed]).pixels)).toBeGreaterThan(1.3 * sum(Raster.of([hook]).pixels));
  });

  test('what lies off the pad is left off', () => {
    expect(
      sum(
        Raster.of([
          line([
            [-100, -100],
            [-40, -40],
          ]),
        ]).pixels,
      ),
    ).toBe(0);
    expect(
      sum(
        Raster.of([
          line([
            [-100, 210],
            [900, 210],
          ]),
        ]).pixels,
      ),
    ).toBeGreaterThan(255 * 19 * 420);
  });

  test('a stroke that is none is refused by name', () => {
    expect(() => Raster.of([line([])])).toThrow('at least one point');
    expect(() => Raster.of([line([[1, Number.NaN]])])).toThrow('point 0 of a stroke lies at 1, NaN');
    expect(() => Raster.of([line([[1, 1]], 0)])).toThrow('width must be above 0');
    expect(() => Raster.of([{ points: [{ x: 1, y: 1, pressure: 2 }], width: 5 }])).toThrow('pressure of 2');
  });
});

describe('block means', () => {
  test('are the rounded means of 15 × 15 pixels', () => {
    const raster = Raster.of([hook]);
    const { image } = blockMeans(raster);
    for (const [row, column] of [
      [4, 4],
      [3, 7],
      [10, 6],
      [27, 27],
    ] as const) {
      let total = 0;
      for (let n = 0; n < 225; n++)
        total += raster.pixels[(row * 15 + Math.floor(n / 15)) * PAD + column * 15 + (n % 15)]!;
      expect(image[row * 28 + column]).toBe(Math.round(total / 225));
    }
  });

  test('a digit in a corner stays small and in its corner', () => {
    const [x, y] = centreOfMass(blockMeans(Raster.of([moved(hook, 0, 0, 0.5)])).image);
    expect(x).toBeLessThan(8);
    expect(y).toBeLessThan(8);
  });
});

describe("MNIST's way", () => {
  const prepared = mnistStyle(Raster.of([hook]))!;

  test('the centre of mass is where it is in MNIST', () => {
    for (const coordinate of centreOfMass(prepared.image)) expect(coordinate).toBeCloseTo(CENTRE, 1);
  });

  test('the longer side is 20 pixels', () => {
    expect(Math.max(prepared.placed.width, prepared.placed.height)).toBeCloseTo(20, 10);
  });

  test('no ink is lost: the mean over the picture is that over the pad, in its scale', () => {
    const onPad = sum(Raster.of([hook]).pixels) / prepared.unitsPerPixel ** 2;
    expect(sum(prepared.image) / onPad).toBeCloseTo(1, 2);
  });

  test('where it is drawn makes no difference', () => {
    expect(mnistStyle(Raster.of([moved(hook, 190, 140)]))!.image).toEqual(prepared.image);
  });

  test('how large it is drawn makes hardly any', () => {
    const large = mnistStyle(Raster.of([moved(hook, 0, 0, 2)]))!.image;
    large.forEach((value, n) => expect(Math.abs(value - prepared.image[n]!)).toBeLessThan(40));
  });

  test('an empty pad gives nothing, a dot stays a dot, and a line across all the pad is a line', () => {
    expect(mnistStyle(new Raster())).toBeUndefined();
    const dot = mnistStyle(Raster.of([line([[30, 400]], 24)]))!;
    expect(dot.image.filter((value) => value > 127).length).toBeLessThan(70);
    const across = mnistStyle(
      Raster.of([
        line([
          [-50, 210],
          [500, 210],
        ]),
      ]),
    )!;
    expect(across.crop.width).toBe(PAD);
    expect(across.placed.width).toBeCloseTo(20, 10);
  });
});

describe('strokes drawn again in the line of MNIST', () => {
  test('the width of the pen makes no difference, nor do its place and the size of what it wrote', () => {
    const { image } = redrawn([hook])!;
    expect(redrawn([{ ...hook, width: 34 }])!.image).toEqual(image);
    expect(redrawn([moved(hook, 130, 90, 0.9)])!.image).toEqual(image);
  });

  test('a loop that a wide line fills is open again', () => {
    // A ring of 30 units across, in a line of 40.
    const ring = line(
      Array.from({ length: 25 }, (_, n) => [
        200 + 15 * Math.cos((n * Math.PI) / 12),
        300 + 60 * Math.sin((n * Math.PI) / 12),
      ]),
      40,
    );
    const middle = 14 * 28 + 14;
    expect(mnistStyle(Raster.of([ring]))!.image[middle]).toBeGreaterThan(200);
    expect(redrawn([ring])!.image[middle]).toBe(0);
  });

  test('the longer side is 20 pixels and the centre of mass in the middle; what was drawn again is there to be shown', () => {
    const { image, placed, strokes } = redrawn([hook])!;
    expect(Math.max(placed.width, placed.height)).toBeCloseTo(20, 0);
    for (const coordinate of centreOfMass(image)) expect(coordinate).toBeCloseTo(CENTRE, 1);
    expect(mnistStyle(Raster.of(strokes))!.image).toEqual(image);
  });

  test('nothing gives nothing, and a dot stays a dot', () => {
    expect(redrawn([])).toBeUndefined();
    expect(redrawn([line([[30, 400]], 24)])!.image.filter((value) => value > 127).length).toBeLessThan(12);
  });
});

describe('pen digits', () => {
  test('the same seed draws the same digits to the byte: a picture is what it was on every machine', () => {
    const { values } = strokeDigits(40, new Random(1));
    expect(createHash('md5').update(values).digest('hex')).toMatchInlineSnapshot(
      `"8ed0359ee1679eb276dea80af7961d09"`,
    );
  });

  test('each is another, and something that is no digit is refused', () => {
    const random = new Random(3);
    const drawn = Array.from({ length: 30 }, () => JSON.stringify(strokeDigit(4, random)));
    expect(new Set(drawn).size).toBe(30);
    expect(() => strokeDigit(10, random)).toThrow('10 is not a digit');
  });
});
