import { type Path, type Way, arc, corner, ring, way } from './way.ts';

export const zeros: readonly Way[] = [
  way('0 closed', 5, (hand) => {
    const { vary } = hand;
    return [ring(hand, 0.5, 0.5, vary(0.2, 0.4), 0.49, vary(-130, -55))];
  }),
  way('0 clockwise', 2, (hand) => {
    const { vary } = hand;
    return [ring(hand, 0.5, 0.5, vary(0.22, 0.4), 0.49, vary(-140, -60), true)];
  }),
  way('0 open', 1.5, ({ vary }) => {
    const clockwise = vary(-1, 3) < 0;
    const sweep = vary(305, 342);
    return [arc(0.5, 0.5, vary(0.22, 0.4), 0.49, vary(-110, -50), clockwise ? sweep : -sweep)];
  }),
  way('0 closed with a loop', 1.2, ({ vary }) => {
    const [rx, loop] = [vary(0.22, 0.38), vary(0.06, 0.13)];
    return [
      [
        ...arc(0.5, 0.5, rx, 0.49, -85, -355),
        ...arc(0.5, 0.01 + loop, vary(1, 1.8) * loop, loop, -110, -vary(150, 300)),
      ],
    ];
  }),
  way('0 closed far inside', 0.8, ({ vary }) => [
    arc(0.5, 0.5, vary(0.24, 0.38), 0.49, vary(-120, -40), -vary(375, 420), vary(0.78, 0.95)),
  ]),
  way('0 slashed', 1.2, (hand) => {
    const { vary } = hand;
    const [rx, dx, dy] = [vary(0.24, 0.4), vary(0.12, 0.42), vary(0.22, 0.52)];
    return [
      ring(hand, 0.5, 0.5, rx, 0.49, vary(-120, -60)),
      [
        [0.5 + dx, 0.5 - dy],
        [0.5, 0.5],
        [0.5 - dx, 0.5 + dy],
      ],
    ];
  }),
  way('0 slashed backwards', 0.4, (hand) => {
    const { vary } = hand;
    const [dx, dy] = [vary(0.12, 0.36), vary(0.25, 0.48)];
    return [
      ring(hand, 0.5, 0.5, vary(0.26, 0.4), 0.49, vary(-120, -60)),
      [
        [0.5 - dx, 0.5 - dy],
        [0.5, 0.5],
        [0.5 + dx, 0.5 + dy],
      ],
    ];
  }),
  way('0 pointed at the top', 0.8, ({ vary }) => {
    const rx = vary(0.2, 0.34);
    return [
      [
        [0.5 + vary(-0.08, 0.1), vary(-0.02, 0.06)],
        [0.5 - 0.8 * rx, 0.25],
        [0.5 - rx, 0.6],
        [0.5 - 0.55 * rx, 0.92],
        [0.5 + 0.2 * rx, 0.98],
        [0.5 + rx, 0.7],
        [0.5 + 0.9 * rx, 0.3],
        [0.5 + vary(-0.12, 0.08), vary(-0.03, 0.08)],
      ],
    ];
  }),
  way('0 of two halves', 0.4, ({ vary }) => {
    const rx = vary(0.22, 0.36);
    const apart = vary(-0.03, 0.03);
    return [
      arc(0.5, 0.5, rx, 0.49, vary(-85, -60), -vary(160, 200)),
      arc(0.5 + apart, 0.5, rx, 0.49, vary(-120, -95), vary(170, 215)),
    ];
  }),
];

export const ones: readonly Way[] = [
  way('1 a line', 4, ({ vary }) => {
    const lean = vary(-0.05, 0.1);
    return [
      [
        [0.5 + lean, 0],
        [0.5 + vary(-0.04, 0.04), 0.5],
        [0.5 - lean, 1],
      ],
    ];
  }),
  way('1 slanted', 2, ({ vary }) => {
    const lean = vary(0.08, 0.24);
    return [
      [
        [0.5 + lean, 0],
        [0.5 + vary(-0.03, 0.03), 0.5],
        [0.5 - lean, 1],
      ],
    ];
  }),
  way('1 with a short flag', 2, ({ vary }) => flagged(vary(0.08, 0.2), vary(0.1, 0.22), vary(-0.04, 0.1))),
  way('1 with a long flag', 2.5, ({ vary }) => flagged(vary(0.22, 0.46), vary(0.3, 0.55), vary(-0.04, 0.08))),
  way('1 with a long flag, slanted', 1.5, ({ vary }) =>
    flagged(vary(0.2, 0.42), vary(0.3, 0.55), vary(0.1, 0.3)),
  ),
  way('1 with a curved flag', 1, ({ vary }) => {
    const [reach, drop, lean] = [vary(0.14, 0.34), vary(0.18, 0.4), vary(-0.02, 0.16)];
    return [
      [
        [0.58 - reach, drop],
        [0.58 - 0.4 * reach, 0.5 * drop],
        [0.57, 0.03],
        [0.6, 0.1],
        [0.58 - 0.5 * lean, 0.5],
        [0.58 - lean, 1],
      ],
    ];
  }),
  way('1 with flag and foot', 1.8, ({ vary }) => {
    const lean = vary(-0.02, 0.12);
    return [
      ...flagged(vary(0.1, 0.36), vary(0.12, 0.4), lean),
      foot(0.58 - lean, vary(0.14, 0.34), vary(0.14, 0.34), vary(-0.03, 0.03)),
    ];
  }),
  way('1 with a foot', 0.6, ({ vary }) => [
    [
      [0.5, 0],
      [0.5 + vary(-0.02, 0.02), 0.5],
      [0.5, 1],
    ],
    foot(0.5, vary(0.14, 0.32), vary(0.14, 0.32), vary(-0.03, 0.03)),
  ]),
];

/** A 1 whose flag reaches so far to the left and so far down. */
function flagged(reach: number, drop: number, lean: number): Path[] {
  return [
    [
      [0.58 - reach, drop],
      [0.58 - 0.5 * reach, 0.48 * drop],
      ...corner(0.58, 0),
      [0.58 - 0.5 * lean, 0.5],
      [0.58 - lean, 1],
    ],
  ];
}

function foot(x: number, left: number, right: number, rise: number): Path {
  return [
    [x - left, 0.99 + rise],
    [x, 0.99],
    [x + right, 0.99 - rise],
  ];
}

/** The upper part of a 2, from its beginning to where the way down to the foot is half done. */
function swanNeck(vary: (low: number, high: number) => number): Path {
  const right = vary(0.7, 0.88);
  const high = vary(0.16, 0.3);
  return [
    [vary(0.1, 0.26), vary(0.16, 0.34)],
    [0.3, 0.07],
    [0.52, 0.01],
    [right - 0.06, 0.08],
    [right, high],
    [right - 0.1, high + 0.24],
    [0.48, 0.7],
  ];
}

export const twos: readonly Way[] = [
  way('2 with a flat foot', 4, ({ vary }) => [
    [
      ...swanNeck(vary),
      ...corner(vary(0.08, 0.22), vary(0.92, 0.99)),
      [0.5, 0.96],
      [vary(0.72, 0.98), vary(0.92, 1)],
    ],
  ]),
  way('2 with a loop', 3, ({ vary }) => {
    const [left, size] = [vary(0.1, 0.24), vary(0.05, 0.13)];
    return [
      [
        ...swanNeck(vary),
        [left + 0.1, 0.95],
        [left, 0.97 - 0.4 * size],
        [left + 0.04, 0.97 - 1.6 * size],
        [left + 0.2, 0.96 - 1.6 * size],
        [0.6, 0.93],
        [vary(0.82, 1), vary(0.86, 1)],
      ],
    ];
  }),
  way('2 with a wave for a foot', 2, ({ vary }) => [
    [
      ...swanNeck(vary),
      [0.26, 0.9],
      ...corner(vary(0.1, 0.2), 0.98),
      [0.3, vary(0.86, 0.93)],
      [0.55, 0.95],
      [0.74, 0.99],
      [vary(0.85, 0.98), vary(0.86, 0.97)],
    ],
  ]),
  way('2 round at the foot', 1.2, ({ vary }) => [
    [
      ...swanNeck(vary),
      [0.25, 0.86],
      [0.17, 0.95],
      [0.3, 0.98],
      [0.6, 0.97],
      [vary(0.75, 0.95), vary(0.9, 1)],
    ],
  ]),
  way('2 angular', 0.9, ({ vary }) => [
    [
      [vary(0.12, 0.24), vary(0.03, 0.14)],
      [0.5, 0.02],
      ...corner(vary(0.72, 0.84), vary(0.03, 0.12)),
      [0.5, 0.5],
      ...corner(vary(0.1, 0.2), 0.97),
      [0.5, 0.96],
      [vary(0.78, 0.95), vary(0.93, 1)],
    ],
  ]),
  way('2 begun with a curl', 1.2, ({ vary }) => {
    const curl = vary(0.06, 0.14);
    return [
      [
        [0.3 + curl, 0.2],
        [0.3, 0.2 + curl],
        [0.2, 0.2],
        [0.26, 0.07],
        [0.5, 0.0],
        [0.76, 0.1],
        [vary(0.72, 0.82), 0.32],
        [0.52, 0.64],
        ...corner(vary(0.1, 0.24), 0.97),
        [0.5, 0.95],
        [vary(0.75, 0.95), vary(0.9, 1)],
      ],
    ];
  }),
];

export const threes: readonly Way[] = [
  way('3 round', 4, ({ vary }) => {
    const waist = vary(0.34, 0.54);
    return [
      [
        [vary(0.14, 0.28), vary(0.1, 0.24)],
        [0.46, 0.0],
        [vary(0.68, 0.8), vary(0.14, 0.24)],
        [0.66, 0.38],
        ...corner(waist, vary(0.43, 0.5)),
        [0.7, 0.56],
        [vary(0.74, 0.88), vary(0.7, 0.8)],
        [0.56, 0.98],
        [vary(0.1, 0.26), vary(0.78, 0.94)],
      ],
    ];
  }),
  way('3 with a flat top', 2, ({ vary }) => {
    const right = vary(0.66, 0.84);
    return [
      [
        [vary(0.14, 0.28), vary(0.0, 0.08)],
        [0.5, 0.03],
        ...corner(right, vary(0.0, 0.06)),
        [0.56, 0.22],
        ...corner(vary(0.34, 0.48), vary(0.36, 0.44)),
        [0.68, 0.45],
        [vary(0.74, 0.86), 0.7],
        [0.56, 0.97],
        [vary(0.12, 0.28), vary(0.82, 0.94)],
      ],
    ];
  }),
  way('3 with a loop at the waist', 1.5, ({ vary }) => {
    const [waist, loop] = [vary(0.34, 0.46), vary(0.03, 0.08)];
    return [
      [
        [vary(0.18, 0.28), vary(0.1, 0.22)],
        [0.44, 0.01],
        [0.7, 0.12],
        [0.66, 0.32],
        [waist + 0.08, 0.45 + loop],
        [waist - 0.03, 0.47],
        [waist + 0.06, 0.46 - loop],
        [0.68, 0.54],
        [vary(0.74, 0.84), 0.74],
        [0.52, 0.98],
        [vary(0.14, 0.26), vary(0.82, 0.94)],
      ],
    ];
  }),
  way('3 with hardly a waist', 1.3, ({ vary }) => {
    const waist = vary(0.52, 0.62);
    return [
      [
        [vary(0.14, 0.28), vary(0.06, 0.18)],
        [0.46, 0.0],
        [0.72, 0.14],
        [0.7, 0.34],
        [waist, 0.46],
        [0.72, 0.57],
        [vary(0.74, 0.84), 0.76],
        [0.56, 0.97],
        [vary(0.12, 0.24), vary(0.84, 0.96)],
      ],
    ];
  }),
  way('3 with curled ends', 1.2, ({ vary }) => {
    const curl = vary(0.05, 0.12);
    return [
      [
        [0.28 + curl, 0.2],
        [0.24, 0.22],
        [0.22, 0.1],
        [0.46, 0.0],
        [0.72, 0.14],
        [0.64, 0.38],
        ...corner(vary(0.38, 0.5), 0.47),
        [0.74, 0.58],
        [0.8, 0.78],
        [0.54, 0.99],
        [0.2, 0.92],
        [0.17, 0.82],
        [0.2 + curl, 0.78],
      ],
    ];
  }),
  way('3 with a large belly', 1, ({ vary }) => [
    [
      [vary(0.26, 0.36), vary(0.06, 0.14)],
      [0.48, 0.0],
      [0.64, 0.1],
      [0.6, 0.26],
      ...corner(vary(0.38, 0.46), vary(0.32, 0.38)),
      [0.72, 0.42],
      [vary(0.8, 0.92), 0.66],
      [0.62, 0.96],
      [0.3, 0.97],
      [vary(0.08, 0.2), vary(0.76, 0.88)],
    ],
  ]),
];

export const fours: readonly Way[] = [
  way('4 open', 4, ({ vary }) => {
    const [bar, stem] = [vary(0.46, 0.66), vary(0.58, 0.76)];
    return [
      [
        [vary(0.18, 0.4), vary(0.0, 0.12)],
        [0.24, 0.5 * bar],
        ...corner(vary(0.12, 0.22), bar),
        [0.5, bar + vary(-0.02, 0.02)],
        [vary(0.74, 0.98), bar + vary(-0.07, 0.04)],
      ],
      [
        [stem + vary(-0.02, 0.08), vary(0.0, 0.26)],
        [stem, 0.5],
        [stem + vary(-0.12, 0.02), 1],
      ],
    ];
  }),
  way('4 closed', 2.5, ({ vary }) => {
    const [bar, stem] = [vary(0.58, 0.74), vary(0.58, 0.7)];
    return [
      [
        [stem, vary(-0.01, 0.05)],
        [0.4, 0.32],
        ...corner(vary(0.06, 0.18), bar),
        [0.5, bar],
        [vary(0.76, 0.98), bar + vary(-0.04, 0.03)],
      ],
      [
        [stem + vary(-0.02, 0.02), vary(0.0, 0.08)],
        [stem, 0.5],
        [stem + vary(-0.06, 0.02), 1],
      ],
    ];
  }),
  way('4 closed, in one stroke', 1.2, ({ vary }) => {
    const [bar, stem] = [vary(0.52, 0.68), vary(0.6, 0.74)];
    return [
      [
        [vary(0.78, 0.94), bar + vary(-0.03, 0.03)],
        [0.5, bar],
        ...corner(vary(0.1, 0.2), bar),
        [0.38, 0.3],
        ...corner(stem, vary(0.0, 0.06)),
        [stem - 0.01, 0.5],
        [stem + vary(-0.08, 0), 1],
      ],
    ];
  }),
  way('4 like a lightning', 1.2, ({ vary }) => {
    const [bar, right] = [vary(0.42, 0.6), vary(0.68, 0.86)];
    return [
      [
        [vary(0.34, 0.56), vary(0.0, 0.06)],
        [0.32, 0.5 * bar],
        ...corner(vary(0.12, 0.24), bar),
        [0.46, bar + vary(-0.03, 0.02)],
        ...corner(right, bar - vary(0.02, 0.12)),
        [right - 0.08, 0.72],
        [right - vary(0.1, 0.3), 1],
      ],
    ];
  }),
  way('4 like a U with a leg', 2, ({ vary }) => {
    const [deep, right] = [vary(0.44, 0.6), vary(0.66, 0.84)];
    return [
      [
        [vary(0.16, 0.3), vary(0.0, 0.1)],
        [0.2, 0.3],
        [0.28, deep - 0.03],
        [0.46, deep],
        [right - 0.1, deep - 0.1],
        ...corner(right, vary(0.0, 0.12)),
        [right - 0.02, 0.5],
        [right - vary(0.02, 0.2), 1],
      ],
    ];
  }),
  way('4 like a V with a leg', 0.8, ({ vary }) => {
    const right = vary(0.62, 0.8);
    return [
      [
        [vary(0.16, 0.3), vary(0.02, 0.12)],
        [0.24, 0.3],
        ...corner(vary(0.22, 0.32), vary(0.46, 0.6)),
        [0.5, vary(0.4, 0.5)],
        [right, vary(0.36, 0.46)],
      ],
      [
        [right, vary(0.02, 0.2)],
        [right - 0.02, 0.5],
        [right - vary(0.02, 0.14), 1],
      ],
    ];
  }),
  way('4 with a round bowl', 0.5, ({ vary }) => {
    const stem = vary(0.64, 0.78);
    return [
      [
        [stem - vary(0.14, 0.32), vary(0.0, 0.06)],
        [0.3, 0.24],
        [vary(0.14, 0.24), vary(0.46, 0.56)],
        [0.34, 0.6],
        [0.56, 0.54],
        [stem, 0.44],
      ],
      [
        [stem, vary(0.04, 0.2)],
        [stem, 0.5],
        [stem - vary(0, 0.1), 1],
      ],
    ];
  }),
  way('4 whose bar ends at the stem', 1.2, ({ vary }) => {
    const [bar, stem] = [vary(0.44, 0.6), vary(0.7, 0.84)];
    return [
      [
        [vary(0.18, 0.3), 0],
        [0.2, 0.3],
        ...corner(vary(0.14, 0.22), bar),
        [0.5, bar],
        [stem + vary(-0.02, 0.03), bar],
      ],
      [
        [stem, vary(0, 0.08)],
        [stem, 0.5],
        [stem, 1],
      ],
    ];
  }),
];
