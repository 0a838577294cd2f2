/** `1:05` for 65 seconds. */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const tail = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/**
 * A line at the foot of the terminal that says how far a long job is: a bar, what is done, the time left.
 *
 * Where the output is no terminal it prints only finished lines, so that logs stay readable.
 */
export class ProgressBar {
  readonly #title: string;
  readonly #total: number;
  readonly #out: NodeJS.WriteStream;
  readonly #started = performance.now();
  #drawn = 0;

  constructor(title: string, total: number, out: NodeJS.WriteStream = process.stderr) {
    this.#title = title;
    this.#total = total;
    this.#out = out;
  }

  /** @param done of the total; @param note what else is worth knowing, such as the loss */
  update(done: number, note = ''): void {
    const now = performance.now();
    if (!this.#out.isTTY || (now - this.#drawn < 100 && done < this.#total)) return;
    this.#drawn = now;
    const share = Math.min(1, done / this.#total);
    const seconds = (now - this.#started) / 1000;
    const left = share > 0 ? `${formatSeconds((seconds * (1 - share)) / share)} left` : '';
    const bar = '█'.repeat(Math.round(share * 20)).padEnd(20, '░');
    this.#write(`${this.#title} ${bar} ${(share * 100).toFixed(0).padStart(3)} %  ${note}  ${left}`);
  }

  /** A line that stays, above the bar. */
  print(line: string): void {
    this.#write('');
    this.#out.write(`${line}\n`);
  }

  /** Takes the bar away and says what came of it. */
  finish(line: string): void {
    this.print(`${line} (${formatSeconds((performance.now() - this.#started) / 1000)})`);
  }

  #write(text: string): void {
    if (this.#out.isTTY) this.#out.write(`\r\u001b[2K${text.slice(0, (this.#out.columns || 80) - 1)}`);
  }
}
