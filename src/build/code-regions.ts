/** A named piece of a source file, as it stands there. */
export interface CodeRegion {
  readonly name: string;
  /** Of the source, from the repository's root. */
  readonly file: string;
  /** Without the indentation that all its lines share, and without the markers of regions inside it. */
  readonly code: string;
  /** For each line of `code`, its number in the file. */
  readonly lineNumbers: readonly number[];
}

/**
 * Cuts a region out of a source: the lines between `// #region name` and the `// #endregion` that belongs to it.
 * Regions may lie in one another; each name stands once in a file.
 *
 * @throws Error that names the file and the region, when it is missing, doubled or not closed
 */
export function cutRegion(source: string, file: string, name: string): CodeRegion {
  const lines = source.split('\n');
  const open: { name: string; line: number }[] = [];
  const found: { from: number; to: number }[] = [];
  lines.forEach((text, line) => {
    const started = /^\s*\/\/ #region (\S+)\s*$/.exec(text);
    if (started) open.push({ name: started[1], line });
    if (!isRegionEnd(text)) return;
    const region = open.pop();
    if (!region) throw new Error(`${file}:${line + 1} ends a region that was not begun`);
    if (region.name === name) found.push({ from: region.line + 1, to: line });
  });
  const unclosed = open.pop();
  if (unclosed)
    throw new Error(`${file}:${unclosed.line + 1} begins the region "${unclosed.name}" and nothing ends it`);
  const [region, second] = found;
  if (!region)
    throw new Error(`${file} has no region "${name}"; it has ${regionNames(source).join(', ') || 'none'}`);
  if (second) throw new Error(`${file} has the region "${name}" twice`);

  const lineNumbers: number[] = [];
  for (let line = region.from; line < region.to; line++) {
    if (!isRegionMarker(lines[line])) lineNumbers.push(line + 1);
  }
  return { name, file, code: unindent(lineNumbers.map((number) => lines[number - 1])), lineNumbers };
}

/** The names of all the regions of a source, in their order. */
export function regionNames(source: string): string[] {
  return [...source.matchAll(/^\s*\/\/ #region (\S+)\s*$/gm)].map((match) => match[1]);
}

function isRegionEnd(line: string): boolean {
  return /^\s*\/\/ #endregion\s*$/.test(line);
}

function isRegionMarker(line: string): boolean {
  return isRegionEnd(line) || /^\s*\/\/ #region \S+\s*$/.test(line);
}

function unindent(lines: readonly string[]): string {
  const depths = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const shared = Math.min(...depths);
  return lines.map((line) => line.slice(shared)).join('\n');
}
