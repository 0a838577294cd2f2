import { cpus } from 'node:os';
import { IMAGES, type Measurement } from './measurement.ts';

/** What the figures were measured on. */
export function machine(): Record<string, string> {
  const [cpu] = cpus();
  return {
    processor: `${cpus().length} × ${cpu?.model ?? 'unknown'}`,
    node: process.version,
    v8: process.versions.v8,
  };
}

/** One row a peer: milliseconds per epoch, images per second, how many times slower than the first, one prediction. */
export function table(measurements: readonly Measurement[]): string {
  const lines: string[] = [];
  for (const setup of new Set(measurements.map((each) => each.setup))) {
    const rows = measurements.filter((each) => each.setup === setup);
    const best = rows[0].epoch;
    lines.push(
      '',
      setup,
      `  ${'peer'.padEnd(24)}${'ms/epoch'.padStart(10)}${'images/s'.padStart(12)}${'× first'.padStart(9)}${'µs/image read'.padStart(15)}`,
    );
    for (const { peer, epoch, prediction } of rows) {
      const cells = [
        epoch.toFixed(epoch < 1000 ? 1 : 0).padStart(10),
        Math.round(IMAGES / (epoch / 1000))
          .toLocaleString('en')
          .padStart(12),
        (epoch / best).toFixed(2).padStart(9),
        (prediction === undefined ? '' : (prediction * 1000).toFixed(1)).padStart(15),
      ];
      lines.push(`  ${peer.padEnd(24)}${cells.join('')}`);
    }
  }
  return lines.join('\n');
}

const [ROW, LEFT, WIDTH, RIGHT] = [18, 170, 470, 90];

/** Images per second of every peer, a group of bars a set-up, on a logarithmic scale: an SVG picture. */
export function plot(measurements: readonly Measurement[]): string {
  const rate = ({ epoch }: Measurement) => IMAGES / (epoch / 1000);
  const rates = measurements.map(rate);
  const low = 10 ** Math.floor(Math.log10(Math.min(...rates)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...rates)));
  const x = (value: number) => LEFT + (WIDTH * Math.log(value / low)) / Math.log(high / low);
  const parts: string[] = [];
  let y = 34;
  for (const setup of new Set(measurements.map((each) => each.setup))) {
    parts.push(`<text x="8" y="${y + 13}" font-weight="bold">${setup}</text>`);
    y += ROW;
    for (const each of measurements.filter((one) => one.setup === setup)) {
      const width = (x(rate(each)) - LEFT).toFixed(1);
      const own = each.peer.startsWith('wasm');
      parts.push(
        `<text x="${LEFT - 6}" y="${y + 13}" text-anchor="end">${each.peer}</text>`,
        `<rect x="${LEFT}" y="${y + 2}" width="${width}" height="${ROW - 4}" fill="${own ? '#1f5f8b' : '#b9b2a3'}"/>`,
        `<text x="${(x(rate(each)) + 5).toFixed(1)}" y="${y + 13}">${Math.round(rate(each)).toLocaleString('en')}</text>`,
      );
      y += ROW;
    }
    y += ROW / 2;
  }
  const ticks: string[] = [];
  for (let value = low; value <= high; value *= 10) {
    const at = x(value).toFixed(1);
    ticks.push(
      `<path d="M${at} 30V${y}" stroke="#ddd6c8"/>`,
      `<text x="${at}" y="24" text-anchor="middle">${value.toLocaleString('en')}</text>`,
    );
  }
  const [width, height] = [LEFT + WIDTH + RIGHT, y + 8];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" fill="#2b2620">
<title>Training on MNIST, one thread: images per second</title>
<rect width="${width}" height="${height}" fill="#fbf8f1"/>
${[...ticks, ...parts].join('\n')}
</svg>
`;
}
