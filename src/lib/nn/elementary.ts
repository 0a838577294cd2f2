/**
 * exp, log and cos from additions, multiplications and divisions alone.
 *
 * ECMAScript leaves the last bits of Math.exp, Math.log and Math.cos to each engine; these give the same bits
 * everywhere, which is what makes a training run repeatable anywhere. Each is accurate to about 1e-15 relative
 * (cosine: absolute).
 */

// ln 2 as a sum whose first part has few enough bits that k·LN2_HIGH is exact (Cody and Waite 1980).
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** eˣ: x = k·ln 2 + r with |r| ≤ ½ ln 2, then Taylor's series for eʳ, then a scaling by 2ᵏ. */
export function exponential(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.2) return 0;
  const k = Math.round(x / Math.LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 14; n > 0; n--) sum = 1 + (r * sum) / n;
  // Two factors, since 2ᵏ itself may be too large or too small to represent where eˣ is not.
  const half = k >> 1;
  return sum * powerOfTwo(half) * powerOfTwo(k - half);
}

/** ln x: x = m·2ᵏ with m near 1, then the series of 2·artanh((m − 1)/(m + 1)). */
export function logarithm(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return Infinity;
  let k = 0;
  let m = x;
  // 2³² at a time first, so that no number takes more than a few dozen steps.
  while (m >= 4294967296) {
    m /= 4294967296;
    k += 32;
  }
  while (m < 2.3283064365386963e-10) {
    m *= 4294967296;
    k -= 32;
  }
  while (m > Math.SQRT2) {
    m /= 2;
    k++;
  }
  while (m < Math.SQRT1_2) {
    m *= 2;
    k--;
  }
  const s = (m - 1) / (m + 1);
  const s2 = s * s;
  let sum = 0;
  for (let n = 23; n > 0; n -= 2) sum = sum * s2 + 1 / n;
  return k * LN2_HIGH + (2 * s * sum + k * LN2_LOW);
}

/** cos x for moderate |x|: reduced to [0, π/2] by symmetry, then Taylor's series. */
export function cosine(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  const turns = Math.abs(x) / (2 * Math.PI);
  let angle = (turns - Math.floor(turns)) * 2 * Math.PI;
  if (angle > Math.PI) angle = 2 * Math.PI - angle;
  if (angle > Math.PI / 2) return -taylorCosine(Math.PI - angle);
  return taylorCosine(angle);
}

/** As exact as `cosine`, a quarter of a turn away; x in radians. */
export function sine(x: number): number {
  return cosine(x - Math.PI / 2);
}

function taylorCosine(x: number): number {
  const x2 = x * x;
  let sum = 1;
  for (let n = 22; n > 0; n -= 2) sum = 1 - (x2 * sum) / (n * (n - 1));
  return sum;
}

function powerOfTwo(k: number): number {
  // 2ᵏ is exact by repeated squaring; k is within ±540 here.
  let result = 1;
  let base = k < 0 ? 0.5 : 2;
  for (let n = Math.abs(k); n > 0; n >>= 1) {
    if (n & 1) result *= base;
    base *= base;
  }
  return result;
}
