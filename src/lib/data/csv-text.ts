import { Gunzip, strFromU8, Unzip, UnzipInflate } from 'fflate';
import { crc32 } from './crc32.ts';
import { DataError } from './dataset.ts';

/*
 * From the bytes of a CSV file to its lines: packed as .gz or .zip or not, in UTF-8 or UTF-16, whatever ends a line, and
 * wherever the pieces are cut. A file that is something else is named for what it is.
 */

/** A line longer than this is none of 785 numbers, whatever their notation. */
const MOST_IN_A_LINE = 1_000_000;
/** A packed file may unpack to so many times its size, and to so many bytes in any case. */
const MOST_UNPACKED = { times: 200, bytes: 16_000_000 };
/** Packed bytes that are unpacked at a time: so few that what comes out of them fits into memory. */
const PACKED_PIECE = 4096;
/** So much of the end of a packed file is kept: there it says what its bytes come to. */
const MOST_TAIL = 1_000_000;
/** Where the directory at the end of a zip tells of a file. */
const ZIP_ENTRY = 0x02014b50;
/** As much is looked at before it is said what the file is. */
const HEAD = 64;

type Sink = (text: string) => void;

/** Hands over the lines of a file that arrives in pieces, of bytes or of text. */
export class LineReader {
  readonly #name: string;
  readonly #onLines: (lines: readonly string[]) => void;
  readonly #bytes: ByteReader;
  #head: string | undefined = '';
  #rest = '';

  /** @param onLines takes lines without their ends, some at a time, in order */
  constructor(name: string, onLines: (lines: readonly string[]) => void) {
    this.#name = name;
    this.#onLines = onLines;
    this.#bytes = new ByteReader(name, (text) => this.#take(text));
  }

  /** @throws DataError when the file is no text */
  push(piece: string | Uint8Array): void {
    if (typeof piece === 'string') this.#take(piece);
    else this.#bytes.push(piece);
  }

  /** Hands over what is left: the last line, when no line end closes it. */
  end(): void {
    this.#bytes.end();
    this.#begin();
    if (this.#rest !== '') this.#onLines([this.#rest.replace(/\r$/, '')]);
    this.#rest = '';
  }

  #take(text: string): void {
    if (this.#head === undefined) {
      this.#split(text);
    } else {
      this.#head += text;
      if (this.#head.length >= HEAD) this.#begin();
    }
  }

  /** Looks at how the file begins, and goes on from there. */
  #begin(): void {
    if (this.#head === undefined) return;
    const head = this.#head.replace(/^\uFEFF/, '');
    this.#head = undefined;
    const fault = faultOfText(head);
    if (fault) throw new DataError(`${this.#name} ${fault}`);
    this.#split(head);
  }

  #split(text: string): void {
    // A carriage return at the end may be the first half of a line end that was cut in two.
    const whole = this.#rest + text;
    const isCut = whole.endsWith('\r');
    const closed = isCut ? whole.slice(0, -1) : whole;
    const lines = closed.split(closed.includes('\r') ? /\r\n|\n|\r/ : '\n');
    this.#rest = lines.pop() + (isCut ? '\r' : '');
    if (this.#rest.length > MOST_IN_A_LINE) {
      throw new DataError(
        `${this.#name} has a line of more than ${MOST_IN_A_LINE} characters: these are no rows of 785 numbers`,
      );
    }
    this.#onLines(lines);
  }
}

/** Bytes to text: finds out how they are packed, and in which encoding they are. */
class ByteReader {
  readonly #name: string;
  readonly #sink: Sink;
  #first: Uint8Array | undefined = new Uint8Array(0);
  #next: { push(bytes: Uint8Array, isLast: boolean): void } | undefined;

  constructor(name: string, sink: Sink) {
    this.#name = name;
    this.#sink = sink;
  }

  push(bytes: Uint8Array): void {
    if (this.#first) {
      const joined = new Uint8Array(this.#first.length + bytes.length);
      joined.set(this.#first);
      joined.set(bytes, this.#first.length);
      this.#first = joined;
      if (joined.length >= HEAD) this.#begin();
    } else {
      this.#next!.push(bytes, false);
    }
  }

  end(): void {
    if (this.#first && this.#first.length > 0) this.#begin();
    this.#next?.push(new Uint8Array(0), true);
  }

  #begin(): void {
    const first = this.#first!;
    this.#first = undefined;
    this.#next = this.#nextFor(first);
    this.#next.push(first, false);
  }

  #nextFor(first: Uint8Array) {
    if (first[0] === 0x1f && first[1] === 0x8b) return new Unpacker(this.#name, 'gzip', this.#sink);
    if (first[0] === 0x50 && first[1] === 0x4b) return new Unpacker(this.#name, 'zip', this.#sink);
    return new Decoder(this.#name, this.#sink);
  }
}

/** Bytes of text in UTF-8 or UTF-16, with a byte-order mark or without. */
class Decoder {
  readonly #name: string;
  readonly #sink: Sink;
  #decoder: TextDecoder | undefined;

  constructor(name: string, sink: Sink) {
    this.#name = name;
    this.#sink = sink;
  }

  push(bytes: Uint8Array, isLast: boolean): void {
    if (bytes.length > 0) this.#decoder ??= new TextDecoder(this.#encodingOf(bytes));
    if (this.#decoder) this.#sink(this.#decoder.decode(bytes, { stream: !isLast }));
  }

  #encodingOf([a, b, c, d]: Uint8Array): string {
    if (a === 0 && b === 0 && c === 8 && (d === 1 || d === 3))
      throw new DataError(`${this.#name} is an IDX file, as MNIST's are, not CSV`);
    if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0 && d === 0)) return 'utf-16le';
    if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && c === 0)) return 'utf-16be';
    return 'utf-8';
  }
}

/** A file packed as gzip, or the one CSV file of a zip: unpacked as it comes, and no further than its size allows. */
class Unpacker {
  readonly #name: string;
  readonly #kind: 'gzip' | 'zip';
  readonly #decoder: Decoder;
  readonly #stream: Gunzip | Unzip;
  readonly #names: string[] = [];
  readonly #tail = new Tail();
  #taken: string | undefined;
  #packed = 0;
  #unpacked = 0;
  /** Of what was unpacked of this file, or this member of a gzip: its checksum, and its length. */
  #checksum = 0;
  #length = 0;

  constructor(name: string, kind: 'gzip' | 'zip', sink: Sink) {
    this.#name = name;
    this.#kind = kind;
    this.#decoder = new Decoder(name, sink);
    this.#stream = kind === 'gzip' ? this.#gunzip() : this.#unzip();
  }

  push(bytes: Uint8Array, isLast: boolean): void {
    for (let start = 0; start < bytes.length; start += PACKED_PIECE) {
      const piece = bytes.subarray(start, start + PACKED_PIECE);
      this.#packed += piece.length;
      this.#tail.push(piece);
      this.#feed(piece, false);
    }
    if (!isLast) return;
    this.#feed(new Uint8Array(0), true);
    if (this.#kind === 'zip' && !this.#taken) {
      const inside = this.#names.slice(0, 5).join(', ') || 'nothing';
      throw new DataError(
        this.#names.some((each) => each.startsWith('xl/'))
          ? `${this.#name} is a spreadsheet of Excel: save it as CSV`
          : `${this.#name} is a zip without a CSV file in it; it holds ${inside}`,
      );
    }
    if (this.#kind === 'gzip') this.#endMember(this.#packed);
    else if (this.#tail.checksumOf(this.#taken!) !== this.#checksum) throw this.#damaged();
    this.#decoder.push(new Uint8Array(0), true);
  }

  #feed(piece: Uint8Array, isLast: boolean): void {
    try {
      this.#stream.push(piece, isLast);
    } catch (error) {
      if (error instanceof DataError) throw error;
      throw this.#damaged();
    }
  }

  #damaged(): DataError {
    return new DataError(`${this.#name} is packed as ${this.#kind}, and damaged or cut off: fetch it again`);
  }

  #gunzip(): Gunzip {
    const stream = new Gunzip((bytes) => this.#take(bytes));
    // Several may follow one another: each ends with its own checksum.
    stream.onmember = (start) => this.#endMember(start);
    return stream;
  }

  /** @param at where the member ends, in packed bytes from the file's beginning */
  #endMember(at: number): void {
    const bytes = this.#tail.bytes();
    const end = bytes.length - (this.#packed - at);
    if (end < 8) throw this.#damaged();
    const view = new DataView(bytes.buffer, end - 8, 8);
    const isWhole =
      view.getUint32(0, true) === this.#checksum && view.getUint32(4, true) === this.#length >>> 0;
    if (!isWhole) throw this.#damaged();
    this.#checksum = this.#length = 0;
  }

  #unzip(): Unzip {
    const zip = new Unzip((file) => {
      this.#names.push(file.name);
      if (!/\.(csv|tsv|txt)$/i.test(file.name) || /(^|\/)(\.|__MACOSX\/)/.test(file.name)) return;
      if (this.#taken) {
        throw new DataError(
          `${this.#name} holds more than one CSV file, ${this.#taken} and ${file.name}: unpack it, and open the one you mean`,
        );
      }
      this.#taken = file.name;
      file.ondata = (error, bytes) => {
        if (error) throw error;
        this.#take(bytes);
      };
      file.start();
    });
    zip.register(UnzipInflate);
    return zip;
  }

  #take(bytes: Uint8Array): void {
    this.#unpacked += bytes.length;
    if (this.#unpacked > Math.max(MOST_UNPACKED.bytes, MOST_UNPACKED.times * this.#packed)) {
      throw new DataError(
        `${this.#name} unpacks to more than ${MOST_UNPACKED.times} times its size, which no pictures of digits do`,
      );
    }
    this.#checksum = crc32(bytes, this.#checksum);
    this.#length += bytes.length;
    if (bytes.length > 0) this.#decoder.push(bytes, false);
  }
}

/** The end of a file that goes by in pieces. */
class Tail {
  readonly #pieces: Uint8Array[] = [];
  #kept = 0;

  push(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#kept += piece.length;
    while (this.#kept - this.#pieces[0].length >= MOST_TAIL) this.#kept -= this.#pieces.shift()!.length;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const joined = new Uint8Array(this.#kept);
    let at = 0;
    for (const piece of this.#pieces) {
      joined.set(piece, at);
      at += piece.length;
    }
    return joined;
  }

  /** What the directory at the end of a zip says of a file in it; nothing where there is no such directory. */
  checksumOf(name: string): number | undefined {
    const bytes = this.bytes();
    const view = new DataView(bytes.buffer);
    for (let at = bytes.length - 46; at >= 0; at--) {
      if (view.getUint32(at, true) !== ZIP_ENTRY) continue;
      const isLatin = (view.getUint16(at + 8, true) & 0x800) === 0;
      const found = bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true));
      if (strFromU8(found, isLatin) === name) return view.getUint32(at + 16, true);
    }
    return undefined;
  }
}

/** What a file is that begins like this, when it is no CSV: goes on from its name. */
function faultOfText(head: string): string | undefined {
  if (head.startsWith('\u001F\uFFFD') || head.startsWith('\u001F\u008B'))
    return 'is packed as gzip: unpack it, or give its bytes';
  if (head.startsWith('PK\u0003') || head.startsWith('PK\u0005'))
    return 'is packed as zip: unpack it, or give its bytes';
  if (/^\s*<(!doctype|html|head|\?xml)/i.test(head))
    return 'is a web page, not CSV: the download went wrong, or led to a page about the file';
  if (head.includes('\0'))
    return 'is not text in UTF-8: either UTF-16, which should be saved as UTF-8, or no text at all';
  return undefined;
}
