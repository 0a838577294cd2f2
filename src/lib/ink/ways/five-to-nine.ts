import { type Hand, type Path, type Way, arc, corner, ring, way } from './way.ts';

type Vary = Hand['vary'];

/** The belly of a 5, from where its back ends. */
function belly(vary: Vary, fullness: number): Path {
  const right = 0.68 + fullness;
  return [
    [0.46, vary(0.34, 0.42)],
    [right - 0.03, vary(0.46, 0.54)],
    [right, vary(0.66, 0.78)],
    [0.5, 0.98],
    [vary(0.1, 0.26), vary(0.82, 0.96)],
  ];
}

export const fives: readonly Way[] = [
  way('5 with the hat last', 4, ({ vary }) => {
    const left = vary(0.24, 0.34);
    return [
      [
        [left, 0.04],
        [left - 0.01, 0.22],
        ...corner(left - 0.04, vary(0.38, 0.48)),
        ...belly(vary, vary(0.04, 0.18)),
      ],
      [
        [left + vary(-0.04, 0.06), 0.04 + vary(-0.03, 0.03)],
        [0.54, 0.04],
        [vary(0.68, 0.95), vary(-0.02, 0.06)],
      ],
    ];
  }),
  way('5 in one stroke', 3, ({ vary }) => {
    const left = vary(0.24, 0.34);
    return [
      [
        [vary(0.68, 0.92), vary(-0.01, 0.06)],
        [0.5, 0.03],
        ...corner(left, vary(0.02, 0.08)),
        ...corner(left - 0.04, vary(0.38, 0.48)),
        ...belly(vary, vary(0.04, 0.18)),
      ],
    ];
  }),
  way('5 like an S', 1.8, ({ vary }) => [
    [
      [vary(0.7, 0.84), vary(0.02, 0.12)],
      [0.5, 0.01],
      [0.32, vary(0.06, 0.14)],
      [vary(0.22, 0.32), 0.28],
      [0.36, 0.43],
      [0.6, 0.5],
      [vary(0.7, 0.82), 0.68],
      [0.66, 0.9],
      [0.42, 0.98],
      [vary(0.12, 0.26), vary(0.84, 0.94)],
    ],
  ]),
  way('5 with a hat apart', 1, ({ vary }) => {
    const left = vary(0.26, 0.36);
    return [
      [[left, vary(0.1, 0.18)], ...corner(left - 0.03, vary(0.4, 0.48)), ...belly(vary, vary(0.04, 0.16))],
      [
        [left + vary(0.02, 0.16), vary(0.0, 0.06)],
        [vary(0.74, 0.98), vary(-0.04, 0.04)],
      ],
    ];
  }),
  way('5 whose back runs into the belly', 1, ({ vary }) => {
    const left = vary(0.24, 0.34);
    return [
      [
        [left, 0.02],
        [left - 0.03, 0.24],
        [left, 0.42],
        [0.5, vary(0.42, 0.48)],
        [vary(0.7, 0.82), 0.62],
        [0.7, 0.86],
        [0.44, 0.98],
        [vary(0.12, 0.28), vary(0.84, 0.95)],
      ],
      [
        [left, 0.03],
        [0.54, 0.03],
        [vary(0.68, 0.9), vary(-0.02, 0.06)],
      ],
    ];
  }),
  way('5 with a curled end', 0.8, ({ vary }) => {
    const left = vary(0.26, 0.34);
    return [
      [
        [vary(0.7, 0.88), 0.02],
        [0.5, 0.03],
        ...corner(left, 0.05),
        ...corner(left - 0.04, 0.44),
        [0.48, 0.36],
        [0.76, 0.5],
        [0.76, 0.78],
        [0.48, 0.99],
        [0.2, 0.9],
        [vary(0.16, 0.22), 0.78],
        [vary(0.26, 0.34), 0.74],
      ],
    ];
  }),
];

/** A 6: a stem from the top to the belly, and a ring at its foot that turns so far. */
function six(vary: Vary, bend: number, turn: number, end: number): Path[] {
  const [rx, ry] = [vary(0.2, 0.32), vary(0.19, 0.27)];
  const cx = 0.26 + rx;
  return [
    [
      [cx + vary(0, 0.28), vary(-0.01, 0.06)],
      [0.26 + 0.35 * rx + bend, 0.24],
      [0.26 + 0.06 * rx, 0.52],
      ...arc(cx, 0.99 - ry, rx, ry, 180, -turn, end),
    ],
  ];
}

export const sixes: readonly Way[] = [
  way('6 closed', 4, ({ vary, closing }) => six(vary, vary(0, 0.1), 345 + 25 * closing, 1)),
  way('6 with a straight stem', 2, ({ vary, closing }) =>
    six(vary, vary(-0.06, 0.02), 345 + 25 * closing, 1),
  ),
  way('6 nearly closed', 1.6, ({ vary }) => six(vary, vary(0, 0.1), vary(255, 315), 1)),
  way('6 closed far inside', 1.3, ({ vary }) => six(vary, vary(0, 0.1), vary(350, 420), vary(0.5, 0.85))),
  way('6 whose ring crosses the stem', 1, ({ vary }) =>
    six(vary, vary(0, 0.08), vary(340, 365), vary(1.05, 1.25)),
  ),
  way('6 with a small ring', 1, ({ vary, closing }) => {
    const [rx, ry] = [vary(0.14, 0.2), vary(0.13, 0.18)];
    return [
      [
        [0.3 + rx + vary(0, 0.2), 0],
        [0.36, 0.3],
        [0.3, 0.62],
        ...arc(0.3 + rx, 0.99 - ry, rx, ry, 180, -(345 + 25 * closing)),
      ],
    ];
  }),
  way('6 begun with a hook', 0.8, ({ vary, closing }) => {
    const rx = vary(0.22, 0.3);
    return [
      [
        [0.26 + rx + vary(0.2, 0.3), vary(0.1, 0.2)],
        [0.26 + rx + 0.12, 0.02],
        [0.42, 0.08],
        [0.28, 0.4],
        ...arc(0.26 + rx, 0.77, rx, 0.22, 180, -(345 + 25 * closing)),
      ],
    ];
  }),
];

/** A 7's stroke from its corner at the top right down. */
function descent(vary: Vary): Path {
  const [right, bottom] = [vary(0.74, 0.9), vary(0.3, 0.52)];
  return [...corner(right, vary(0.0, 0.08)), [0.56 + vary(-0.06, 0.06), 0.5], [bottom, 1]];
}

function crossBar(vary: Vary): Path {
  const [y, rise] = [vary(0.44, 0.58), vary(-0.03, 0.08)];
  return [
    [vary(0.26, 0.4), y + rise],
    [0.56, y],
    [vary(0.7, 0.86), y - rise],
  ];
}

const sevenTop = (vary: Vary): Path => [
  [vary(0.1, 0.24), vary(0.0, 0.08)],
  [0.48, 0.03 + vary(-0.02, 0.03)],
];
const serif = (vary: Vary): Path => [
  [vary(0.14, 0.22), vary(0.14, 0.28)],
  ...corner(0.17, 0.04),
  [0.5, 0.03],
];
const curl = (vary: Vary): Path => {
  const dip = vary(0.06, 0.14);
  return [
    [vary(0.1, 0.18), vary(0.1, 0.2)],
    [0.22, 0.02],
    [0.4, dip],
    [0.6, 0.75 * dip],
  ];
};

export const sevens: readonly Way[] = [
  way('7 plain', 3.5, ({ vary }) => [[...sevenTop(vary), ...descent(vary)]]),
  way('7 crossed', 3, ({ vary }) => [[...sevenTop(vary), ...descent(vary)], crossBar(vary)]),
  way('7 with a serif', 1.5, ({ vary }) => [[...serif(vary), ...descent(vary)]]),
  way('7 with a serif, crossed', 1, ({ vary }) => [[...serif(vary), ...descent(vary)], crossBar(vary)]),
  way('7 curled', 1.3, ({ vary }) => [[...curl(vary), ...descent(vary)]]),
  way('7 curled and crossed', 1, ({ vary }) => [[...curl(vary), ...descent(vary)], crossBar(vary)]),
  way('7 round at the top', 1.2, ({ vary }) => {
    const right = vary(0.72, 0.86);
    return [
      [
        [vary(0.1, 0.22), vary(0.06, 0.16)],
        [0.44, 0.02],
        [right - 0.06, 0.03],
        [right, 0.14],
        [0.6, 0.5],
        [vary(0.38, 0.5), 1],
      ],
    ];
  }),
  way('7 upright', 0.8, ({ vary }) => {
    const right = vary(0.7, 0.8);
    return [
      [
        [vary(0.14, 0.26), vary(0.0, 0.08)],
        [0.5, 0.03],
        ...corner(right, 0.03),
        [right - 0.02, 0.5],
        [right - vary(0.02, 0.14), 1],
      ],
    ];
  }),
  way('7 with a curved stem', 1, ({ vary }) => [
    [
      ...sevenTop(vary),
      ...corner(vary(0.76, 0.88), 0.03),
      [0.56, 0.3],
      [vary(0.4, 0.46), 0.62],
      [vary(0.36, 0.46), 1],
    ],
  ]),
];

export const eights: readonly Way[] = [
  way('8 in one stroke', 4, ({ vary, closing }) => {
    const [upper, lower] = [vary(0.16, 0.26), vary(0.22, 0.32)];
    const waist = vary(0.42, 0.52);
    return [
      [
        [0.5 + 0.85 * upper, vary(0.08, 0.16)],
        [0.5, 0],
        [0.5 - upper, 0.2],
        [0.4, waist - 0.08],
        [0.58, waist + 0.08],
        [0.5 + lower, 0.76],
        [0.5, 0.99],
        [0.5 - lower, 0.78],
        [0.42, waist + 0.1],
        [0.56, waist - 0.06],
        [0.5 + upper + 0.03, 0.24],
        [0.5 + 0.85 * upper + 0.05 * closing, 0.12 - 0.06 * closing],
      ],
    ];
  }),
  way('8 with a small upper loop', 1.2, ({ vary }) => {
    const [upper, lower, waist] = [vary(0.09, 0.16), vary(0.22, 0.34), vary(0.3, 0.4)];
    return [
      [
        [0.52 + upper, vary(0.08, 0.14)],
        [0.52, 0],
        [0.52 - upper, 0.4 * waist],
        [0.48, waist - 0.04],
        [0.52 + lower, 0.66],
        [0.5, 0.99],
        [0.5 - lower, 0.7],
        [0.5, waist],
        [0.54 + upper, 0.45 * waist],
        [0.52 + upper + vary(-0.04, 0.02), vary(0.04, 0.12)],
      ],
    ];
  }),
  way('8 open at the top', 1.2, ({ vary }) => {
    const upper = vary(0.2, 0.3);
    return [
      [
        [0.5 + vary(0.1, 0.24), vary(0.02, 0.1)],
        [0.46, 0.02],
        [0.5 - upper, 0.2],
        [0.44, 0.42],
        [0.66, 0.6],
        [vary(0.7, 0.8), 0.8],
        [0.5, 0.98],
        [vary(0.2, 0.3), 0.8],
        [0.4, 0.58],
        [0.64, 0.36],
        [0.5 + vary(0.26, 0.36), vary(0.06, 0.2)],
      ],
    ];
  }),
  way('8 of two rings', 1.8, (hand) => {
    const { vary } = hand;
    const [upper, lower] = [vary(0.2, 0.25), vary(0.22, 0.28)];
    return [
      ring(hand, 0.5 + vary(-0.03, 0.03), upper, vary(0.16, 0.24), upper, vary(-110, -50)),
      ring(hand, 0.5, 1 - lower, vary(0.2, 0.3), lower, vary(-130, -60)),
    ];
  }),
  way('8 begun in the middle', 1.5, ({ vary }) => {
    const [upper, lower] = [vary(0.18, 0.26), vary(0.22, 0.3)];
    const [x, y] = [0.5, vary(0.44, 0.5)];
    return [
      [
        [x, y],
        [0.5 - upper, 0.26],
        [0.42, 0.02],
        [0.6, 0.03],
        [0.5 + upper, 0.26],
        [x, y],
        [0.5 - lower, 0.7],
        [0.36, 0.96],
        [0.64, 0.97],
        [0.5 + lower, 0.72],
        [x + vary(-0.03, 0.06), y + vary(-0.02, 0.04)],
      ],
    ];
  }),
  way('8 of a crossed line', 1.5, ({ vary }) => {
    const [top, bottom] = [vary(0.2, 0.3), vary(0.22, 0.32)];
    return [
      [
        [0.5 - top, vary(0.02, 0.12)],
        [0.5, 0.46],
        [0.5 + bottom, 0.86],
        [0.5 + 0.5 * bottom, 0.98],
        [0.5 - 0.6 * bottom, 0.97],
        [0.5 - bottom, 0.84],
        [0.5, 0.5],
        [0.5 + top, 0.14],
        [0.5 + 0.5 * top, 0.01],
        [0.5 - 0.5 * top, 0.01],
        [0.5 - top + vary(-0.03, 0.04), vary(0.08, 0.16)],
      ],
    ];
  }),
  way('8 begun at the left', 1, ({ vary, closing }) => {
    const [upper, lower] = [vary(0.18, 0.26), vary(0.22, 0.3)];
    return [
      [
        [0.5 - 0.8 * upper, vary(0.08, 0.16)],
        [0.5, 0],
        [0.5 + upper, 0.2],
        [0.56, 0.4],
        [0.42, 0.54],
        [0.5 - lower, 0.76],
        [0.5, 0.99],
        [0.5 + lower, 0.76],
        [0.56, 0.54],
        [0.44, 0.4],
        [0.5 - upper, 0.24],
        [0.5 - 0.8 * upper - 0.05 * closing, 0.12 - 0.06 * closing],
      ],
    ];
  }),
];

/** A 9's head, ended at the right, where the tail begins. */
function head(hand: Hand, sweep = 340 + 20 * hand.closing): { path: Path; right: number } {
  const { vary } = hand;
  const [rx, ry] = [vary(0.2, 0.28), vary(0.2, 0.27)];
  // It begins a little above the right, so that it comes back to where the tail goes down.
  return { path: arc(0.48, ry, rx, ry, vary(-45, -10), -sweep), right: 0.48 + rx };
}

export const nines: readonly Way[] = [
  way('9 with a straight tail', 4, (hand) => {
    const { path, right } = head(hand);
    const { vary } = hand;
    return [[...path, ...corner(right, vary(0.04, 0.16)), [right - 0.02, 0.6], [right - vary(0, 0.12), 1]]];
  }),
  way('9 with a curved tail', 2, (hand) => {
    const { path, right } = head(hand);
    const { vary } = hand;
    return [
      [...path, [right + 0.01, 0.2], [right - 0.01, 0.5], [right - 0.08, 0.8], [right - vary(0.2, 0.34), 1]],
    ];
  }),
  way('9 with a hooked tail', 2.5, (hand) => {
    const { path, right } = head(hand);
    const { vary } = hand;
    return [
      [
        ...path,
        ...corner(right, vary(0.1, 0.2)),
        [right, 0.52],
        [right - 0.04, vary(0.8, 0.88)],
        [right - vary(0.18, 0.26), 0.99],
        [vary(0.2, 0.32), vary(0.92, 0.99)],
        [vary(0.14, 0.28), vary(0.74, 0.88)],
      ],
    ];
  }),
  way('9 of a ring and a line', 1.5, (hand) => {
    const { vary } = hand;
    const [rx, ry] = [vary(0.2, 0.28), vary(0.2, 0.26)];
    const right = 0.48 + rx;
    return [
      ring(hand, 0.48, ry, rx, ry, vary(-100, -20)),
      [
        [right + vary(-0.03, 0.03), vary(0.0, 0.24)],
        [right - 0.02, 0.6],
        [right - vary(0, 0.16), 1],
      ],
    ];
  }),
  way('9 slanted', 1.2, (hand) => {
    const { path, right } = head(hand);
    return [[...path, [right - 0.02, 0.24], [right - 0.12, 0.6], [right - hand.vary(0.24, 0.42), 1]]];
  }),
  way('9 with an open head', 1.2, (hand) => {
    const { vary } = hand;
    const { path, right } = head(hand, vary(265, 310));
    return [[...path, ...corner(right + 0.02, vary(0.04, 0.12)), [right, 0.6], [right - vary(0, 0.14), 1]]];
  }),
  way('9 like a g', 0.6, (hand) => {
    const { path, right } = head(hand);
    const { vary } = hand;
    return [
      [
        ...path,
        ...corner(right, 0.14),
        [right, 0.6],
        [right - 0.08, 0.92],
        [right - 0.26, 0.99],
        [vary(0.22, 0.3), 0.9],
        [vary(0.3, 0.4), 0.76],
        [right, vary(0.64, 0.74)],
      ],
    ];
  }),
  way('9 in one sweep', 1, ({ vary }) => [
    [
      [vary(0.64, 0.74), vary(0.1, 0.2)],
      [0.46, 0.0],
      [0.26, 0.2],
      [0.36, 0.44],
      [0.6, 0.4],
      [0.74, 0.12],
      [0.68, 0.5],
      [0.6, 0.8],
      [vary(0.36, 0.56), 1],
    ],
  ]),
];
