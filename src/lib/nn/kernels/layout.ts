/*
 * What the kernels in assembly/ and those who call them must agree on. Compiled by both: so constants of whole numbers
 * alone, in what TypeScript and AssemblyScript have in common.
 */

/** Units of a full panel of weights, and the bytes of its rows. */
export const PANEL_UNITS = 32;
export const PANEL = PANEL_UNITS * 4;

/** Inputs whose rows of a panel are used together: 32 KB, which stay in a first-level cache. */
export const BLOCK = 256;

/** Inputs that one pair can step over. */
export const FARTHEST = 255;

/** Bytes of a span: the two addresses between which an image's pairs are. */
export const SPAN = 8;

/** Bytes of an entry of a list: the offset of a row in a panel, and a value as float32. */
export const ENTRY = 8;

/** The activations. */
export const LINEAR = 0;
export const RELU = 1;
export const LEAKY_RELU = 2;
export const SIGMOID = 3;
export const TANH = 4;

/** The optimisers; AdamW is Adam whose rule decays. */
export const SGD = 0;
export const MOMENTUM = 1;
export const RMSPROP = 2;
export const ADAM = 3;
export const SGDW = 4;

/** The places of a rule's numbers, float64 in a row. `KEPT` is what weight decay leaves of a weight. */
export const LEARNING_RATE = 0;
export const MOMENTUM_KEPT = 1;
export const BETA1 = 2;
export const BETA2 = 3;
export const EPSILON = 4;
export const CORRECTION1 = 5;
export const CORRECTION2 = 6;
export const WEIGHT_KEPT = 7;
/** λ₂/m and λ₁/m of the penalty. */
export const L2_SHARE = 8;
export const L1_SHARE = 9;
export const RULE_LENGTH = 10;
