/** What assembly/index.ts exports. Written when it is compiled (scripts/site/build-kernels.ts): not by hand. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  affineOfEntries(
    places: number,
    batch: number,
    W: number,
    inputs: number,
    b: number,
    Z: number,
    rowBytes: number,
  ): void;
  listByExample(
    A: number,
    batch: number,
    inputs: number,
    inputBytes: number,
    entries: number,
    places: number,
  ): number;
  listByInput(
    A: number,
    batch: number,
    inputs: number,
    inputBytes: number,
    ends: number,
    entries: number,
  ): void;
  placeBytes(inputs: number): number;
  activate(
    name: number,
    leak: number,
    Z: number,
    A: number,
    batch: number,
    units: number,
    rowBytes: number,
  ): void;
  activationBackward(
    name: number,
    leak: number,
    dA: number,
    Z: number,
    A: number,
    delta: number,
    batch: number,
    units: number,
    rowBytes: number,
  ): void;
  multiply(from: number, mask: number, to: number, bytes: number): void;
  softmax(Z: number, P: number, logSums: number, batch: number, units: number, rowBytes: number): void;
  softmaxBackward(dP: number, P: number, delta: number, batch: number, units: number, rowBytes: number): void;
  affine(
    A: number,
    inputBytes: number,
    batch: number,
    W: number,
    inputs: number,
    b: number,
    Z: number,
    rowBytes: number,
    strip: number,
  ): void;
  biasGradient(delta: number, batch: number, db: number, rowBytes: number): void;
  inputGradient(
    delta: number,
    rowBytes: number,
    batch: number,
    W: number,
    inputs: number,
    dA: number,
    inputBytes: number,
  ): void;
  weightGradient(
    delta: number,
    batch: number,
    A: number,
    inputBytes: number,
    inputs: number,
    dW: number,
    rowBytes: number,
    strips: number,
  ): void;
  countCorrect(A: number, labels: number, batch: number, classes: number, rowBytes: number): number;
  crossEntropy(
    Z: number,
    logSums: number,
    labels: number,
    batch: number,
    classes: number,
    rowBytes: number,
    smoothing: number,
  ): number;
  crossEntropyGradient(
    P: number,
    labels: number,
    delta: number,
    batch: number,
    classes: number,
    rowBytes: number,
    smoothing: number,
  ): void;
  squaredError(
    A: number,
    labels: number,
    batch: number,
    classes: number,
    rowBytes: number,
    smoothing: number,
  ): number;
  squaredErrorGradient(
    A: number,
    labels: number,
    dA: number,
    batch: number,
    classes: number,
    rowBytes: number,
    smoothing: number,
  ): void;
  sparseGradient(
    ends: number,
    entries: number,
    inputs: number,
    delta: number,
    sorted: number,
    batch: number,
    adds: boolean,
    dW: number,
    rowBytes: number,
    panel: number,
  ): void;
  sparseUpdate(
    optimizer: number,
    rule: number,
    ends: number,
    entries: number,
    inputs: number,
    delta: number,
    batch: number,
    W: number,
    first: number,
    second: number,
    seen: number,
    skips: boolean,
    penalized: boolean,
    dW: number,
    rowBytes: number,
    panel: number,
  ): void;
  openInputGradient(
    places: number,
    delta: number,
    rowBytes: number,
    batch: number,
    W: number,
    inputs: number,
    dA: number,
    inputBytes: number,
    sums: number,
  ): void;
  openScratch(): number;
  addPenaltyGradient(rule: number, W: number, g: number, length: number): void;
  stopAtZero(before: number, g: number, W: number, length: number): void;
  update(
    optimizer: number,
    rule: number,
    theta: number,
    g: number,
    first: number,
    second: number,
    length: number,
  ): void;
  weightSums(W: number, length: number, sums: number): void;
  affineOfPairs(
    spans: number,
    batch: number,
    scale: number,
    W: number,
    inputs: number,
    b: number,
    Z: number,
    rowBytes: number,
  ): void;
  countNonZeros(bytes: number, length: number): number;
  findPairs(bytes: number, images: number, width: number, pairs: number, spans: number): void;
  gatherSpans(from: number, rows: number, batch: number, spans: number): number;
  entryBytes(batch: number): number;
  sortByInput(
    spans: number,
    batch: number,
    scale: number,
    inputs: number,
    ends: number,
    entries: number,
  ): void;
}
