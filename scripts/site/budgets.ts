/** The most that a page may ask of its reader: read by the browser tests and by `npm run lighthouse`. */
export const budgets = {
  /** Bytes as they are sent, before anything is touched. */
  first: {
    script: 60_000,
    /** Of a workshop (lab, notebook), which is nothing without its tools. */
    workshopScript: 100_000,
    fonts: 120_000,
    data: 250_000,
  },
  /** Bytes as they are sent, by the time that a page has been read to its end: the library of the charts is among them. */
  whole: {
    script: 240_000,
    data: 300_000,
    /** Of the last chapter: both networks, since one of its figures is about the large one. */
    padData: 1_500_000,
  },
  /** How much a page moves under its reader (CLS), as browsers count it. */
  shift: 0.02,
  /** In CSS pixels, at 1280: a page that is longer is not finished by many. */
  height: {
    chapter: 9000,
    /** Three cells and an exercise by code, folded, are in it too. */
    withCells: 9250,
  },
  /** Of 100, in each of Lighthouse's categories. */
  lighthouse: 98,
  /** In milliseconds, from this machine's own server, its processor slowed down four times. */
  slow: { slowdown: 4, largestPaint: 1000, longestTask: 150 },
} as const;
