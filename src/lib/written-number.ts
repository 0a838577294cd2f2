const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * The number that a text stands for, in any of the ways in which people and these pages write it: with commas, spaces or
 * thin spaces between thousands, a comma or a point before the decimals, a true minus sign, a power of ten as 3e−4 or
 * 3 × 10⁻⁴.
 *
 * @returns NaN where the text is no number
 */
export function readNumber(text: string): number {
  const plain = text
    .trim()
    .replace(/[−–⁻]/g, '-')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)))
    .replace(/\s*[×·*]\s*10\^?(?=-?\d)/, 'e')
    .replace(/^-\s+/, '-')
    // Groups of three are thousands where a number begins with them; 0,125 has decimals.
    .replace(/^-?[1-9]\d{0,2}([\s,]\d{3})+(?!\d)/, (whole) => whole.replace(/[\s,]/g, ''))
    .replace(/^(-?\d*),(\d+)/, '$1.$2');
  return plain === '' ? Number.NaN : Number(plain);
}
