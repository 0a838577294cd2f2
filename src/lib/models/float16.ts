/*
 * IEEE 754 half precision: 1 sign bit, 5 bits of exponent, 10 of fraction. Written out, since not every browser has
 * Float16Array yet.
 */

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The half nearest to a number, ties to even; beyond 65,504 it is infinite. */
export function toHalf(value: number): number {
  float[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const magnitude = bits[0] & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // NaN
  if (magnitude >= 0x47800000) return sign | 0x7c00; // 65,536 and beyond, ∞
  if (magnitude >= 0x38800000) {
    // Rebias the exponent from 127 to 15 and round off 13 bits of fraction; a carry runs into the exponent, as it should.
    return sign | ((magnitude - 0x38000000 + 0x0fff + ((magnitude >>> 13) & 1)) >>> 13);
  }
  // Subnormal: adding 0.5 makes the float32 unit round to a multiple of 2⁻²⁴.
  float[0] = Math.abs(value) + 0.5;
  return sign | (bits[0] - 0x3f000000);
}

/** The number that 16 bits of half precision stand for (IEEE 754: 1 of sign, 5 of exponent, 10 of fraction). */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
