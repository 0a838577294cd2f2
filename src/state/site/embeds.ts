/** A control of a figure by its first words, as the reader sees them; by several where they change. */
type Words = string | readonly string[];

/** A figure that stands alone at `embed/NAME/`. */
export interface Embed {
  /** Its shell, as chapters call it, and what is to be handed to it. */
  readonly shell: string;
  readonly props?: Readonly<Record<string, string | boolean>>;
  /** What a link may hide or set, by the name that it has in links for ever. Controls only: what a figure finds is never among them. */
  readonly controls: Readonly<Record<string, Words>>;
  /** Whether it keeps its place in the address by itself, after the #. */
  readonly keepsPlace?: boolean;
  /** Whether what is random in it begins with the seed of a link. Where one of its controls is called `seed`, that is the seed. */
  readonly isSeeded?: boolean;
  /** Whether what it is there for is computed in a worker. */
  readonly needsWorker?: boolean;
}

const notebook = { notebook: 'Open in the notebook' } as const;
const digit = {
  ...notebook,
  digits: 'Digits to choose from',
  image: 'Test image',
  draw: ['Draw the digit yourself', 'Draw another'],
} as const;
const network = { network: 'Network' } as const;
const passControls = {
  ...digit,
  ...network,
  back: 'Back',
  next: 'Next step',
  step: 'Step',
} as const;
const queue = { cancel: 'Cancel', ...notebook } as const;
const another = { 'new-seed': 'New seed' } as const;

/** What a figure that keeps its place says there. */
export const inPlace: ReadonlySet<string> = new Set(['digits', 'image', 'network', 'step']);

/** Every figure that stands alone, once: its page, and what the page for teachers offers, are made from this table. */
export const embeds: Readonly<Record<string, Embed>> = {
  'drawing-pad': {
    shell: 'DrawPad',
    controls: { undo: 'Undo', redo: 'Redo', line: 'Line', samples: "Or take one of MNIST's test digits" },
  },
  'digit-explorer': {
    shell: 'DigitExplorer',
    controls: {
      data: 'The figures of this page',
      digit: 'Digit',
      split: 'Split',
      numbers: 'Show its 784 numbers',
    },
  },
  'scaled-and-one-hot': { shell: 'ScaledAndOneHot', controls: { byte: 'Byte', digit: 'The digit is' } },
  'data-split': {
    shell: 'DataSplit',
    controls: { validation: 'For validation', ...another },
    isSeeded: true,
  },
  neuron: {
    shell: 'SmallNeuron',
    controls: {
      x1: 'Input x₁',
      w1: 'Weight w₁',
      x2: 'Input x₂',
      w2: 'Weight w₂',
      x3: 'Input x₃',
      w3: 'Weight w₃',
      bias: 'Bias b',
      activation: 'Activation g',
      reset: 'Reset',
    },
  },
  'digit-neuron': { shell: 'DigitNeuron', controls: { ...digit, unit: 'Unit' } },
  activations: { shell: 'ActivationExplorer', controls: { activation: 'Activation g', z: 'z', ...notebook } },
  'bent-plane': {
    shell: 'WhyBend',
    controls: {
      points: 'Points',
      adds: 'A click adds',
      activation: 'Activation g',
      units: 'Hidden units',
      ...another,
    },
  },
  shapes: {
    shell: 'Shapes',
    controls: {
      units: 'Units',
      weights: 'Weights of a unit',
      numbers: 'Numbers of an example',
      examples: 'Examples',
    },
  },
  'first-weights': {
    shell: 'Initialization',
    controls: { beginning: 'First weights', activation: 'Activation g', ...another },
  },
  'forward-stepper': { shell: 'ForwardStepper', controls: passControls, keepsPlace: true },
  softmax: {
    shell: 'SoftmaxExplorer',
    controls: { temperature: 'Temperature', add: 'Add', reset: 'Reset', ...notebook },
  },
  'loss-curve': { shell: 'LossCurve', controls: { probability: 'Probability of the true label' } },
  'batch-loss': { shell: 'BatchLoss', controls: { ...digit, next: 'Next batch' } },
  'chain-rule': {
    shell: 'ChainRule',
    controls: {
      computation: 'Computation',
      activation: 'Activation g',
      x1: 'Input x₁',
      w1: 'Weight w₁',
      x2: 'Input x₂',
      w2: 'Weight w₂',
      bias: 'Bias b',
      target: 'Target y',
      back: 'Back',
      next: 'One step back',
      end: 'To the end',
    },
  },
  'by-hand': {
    shell: 'ByHand',
    controls: {
      watch: 'Watch it',
      fill: 'Do it yourself',
      numbers: 'Other numbers',
      back: 'Back',
      next: 'Next number',
      end: 'To the end',
      print: 'Print it as a worksheet',
    },
  },
  'backward-stepper': {
    shell: 'BackwardStepper',
    controls: { ...passControls, rate: 'Learning rate η', print: 'Print this step' },
    keepsPlace: true,
  },
  'output-blame': { shell: 'OutputBlame', controls: digit },
  'be-the-network': {
    shell: 'BeTheNetwork',
    controls: { ...digit, hint: ['A hint', 'Another hint'], rounds: 'The numbers to compute' },
  },
  'all-paths': {
    shell: 'AllPaths',
    controls: { ...digit, unit: 'Unit', fold: 'Fold', products: 'The products' },
  },
  'batch-gradient': {
    shell: 'BatchGradient',
    controls: { ...digit, beside: 'Beside it', next: 'Next batch', ...network, unit: 'Unit' },
  },
  'silent-pixels': { shell: 'SilentPixels', controls: { data: 'This figure looks at' } },
  nudging: { shell: 'Nudging', controls: digit },
  'one-parameter': {
    shell: 'OneParameter',
    controls: {
      ...digit,
      layer: 'Layer',
      unit: 'Unit',
      input: 'Input',
      rate: 'Learning rate',
      reach: 'How far to look',
    },
  },
  receipt: { shell: 'Receipt', controls: { ...digit, rate: 'Learning rate', json: 'The receipt' } },
  clinic: { shell: 'Clinic', controls: { cancel: 'Cancel', others: 'Eight others' }, needsWorker: true },
  'lock-step': {
    shell: 'LockStep',
    controls: { ...digit, fault: 'All equal but', back: 'Back', next: 'Next step' },
  },
  'blame-depth': {
    shell: 'BlameDepth',
    controls: { ...digit, layers: 'Hidden layers', activation: 'Activation g', beginning: 'First weights' },
  },
  'training-console': {
    shell: 'TrainingConsole',
    props: { isAlone: true },
    controls: {
      'set-up': 'Set-up of the run',
      layers: 'Layers',
      activation: 'Activation',
      initializer: 'Initialisation',
      optimizer: 'Optimiser',
      rate: 'Learning rate',
      schedule: 'Schedule',
      batch: 'Batch size',
      epochs: 'Epochs',
      validation: 'Validation images',
      seed: 'Seed',
      more: 'More options',
      l2: 'L2 λ',
      dropout: 'Dropout',
      examples: 'Training images',
      run: ['Run', 'Pause'],
      example: 'Step 1 example',
      'one-batch': 'Step 1 batch',
      'one-epoch': 'Step 1 epoch',
      speed: 'Speed',
      reset: 'Reset',
      ...another,
      ...notebook,
    },
    needsWorker: true,
  },
  'one-lesson': { shell: 'OneLesson', controls: { ...digit, rate: 'Learning rate' } },
  rates: {
    shell: 'Race',
    props: { name: 'rates', label: 'Learning rates side by side' },
    controls: queue,
    needsWorker: true,
  },
  optimizers: {
    shell: 'Race',
    props: { name: 'optimizers', label: 'Optimisers side by side' },
    controls: queue,
    needsWorker: true,
  },
  batches: {
    shell: 'Race',
    props: { name: 'batches', label: 'Batch sizes side by side' },
    controls: queue,
    needsWorker: true,
  },
  'learnt-by-heart': { shell: 'LearntTooWell', controls: queue, needsWorker: true },
  'with-and-without': {
    shell: 'CureTrial',
    controls: {
      cures: 'Cures of the second network',
      l2: 'L2',
      l1: 'L1',
      dropout: 'dropout',
      'early-stopping': 'early stopping',
      augmentation: 'augmentation',
      smoothing: 'label smoothing',
      images: 'Images to learn from',
      'wrong-labels': 'Make some labels wrong',
      ...queue,
    },
    isSeeded: true,
    needsWorker: true,
  },
  'wrong-labels': { shell: 'WrongLabels', controls: queue, isSeeded: true, needsWorker: true },
  'penalty-stepper': {
    shell: 'PenaltyStepper',
    controls: {
      ...passControls,
      rate: 'Learning rate η',
      l2: 'Price of squares',
      l1: 'Price of sizes',
      print: 'Print this step',
    },
    keepsPlace: true,
  },
  'dropout-mask': {
    shell: 'DropoutMask',
    controls: {
      ...digit,
      draw: 'Draw the digit yourself',
      mode: 'The network',
      rate: 'Dropped',
      mask: 'Draw another mask',
    },
    isSeeded: true,
  },
  distortions: {
    shell: 'AugmentationPreview',
    controls: {
      ...digit,
      shift: 'Shift',
      turn: 'Turn',
      scale: 'Scale',
      slant: 'Slant',
      elastic: 'Elastic',
      others: 'Draw others',
      usual: 'As training has it',
      none: 'No distortion',
    },
    isSeeded: true,
  },
  confusion: { shell: 'Confusion', controls: { ...network, ...notebook }, needsWorker: true },
  calibration: { shell: 'Calibration', controls: { ...network, ...notebook }, needsWorker: true },
  hardest: { shell: 'Hardest', controls: { ...network, ...notebook }, needsWorker: true },
  push: {
    shell: 'Push',
    controls: { ...digit, ...network, target: 'Until it is read as', way: 'Push', pushed: 'Pushed as far' },
  },
  workshop: {
    shell: 'DrawWorkshop',
    controls: {
      network: 'Read by',
      undo: 'Undo',
      redo: 'Redo',
      line: 'Line',
      way: 'From 420',
      score: 'Score of',
      samples: "Or take one of MNIST's test digits",
    },
  },
};
