/** What a chart shows, complete: the renderer asks nothing else. */
export interface Drawing {
  kind: 'stack' | 'bars' | 'lines';
  title: string;
  /** The periods, oldest first: local dates, `2026-03-29`. */
  labels: readonly string[];
  series: readonly Series[];
  marks: readonly Mark[];
  /** True if the last period isn't over: it is hatched, or dashed. */
  isLastIncomplete: boolean;
}

export interface Series {
  name: string;
  colour: Colour;
  /** One per label; null is a gap: nothing was received yet, which is no 0. */
  values: readonly (number | null)[];
}

/** A colour of the palette and a pattern on it; both follow from a series' name, see `colour.ts`. */
export interface Colour {
  /** From 1, see {@link PALETTE}. */
  hue: number;
  /** 0 plain, 1 and 2 stripes, 3 dots. */
  pattern: number;
}

/** What happened in a period: a release, or a note that the maintainers took. */
export interface Mark {
  /** Index of the period. */
  at: number;
  /** The local date on which it happened. */
  date: string;
  text: string;
}

/** Where the periods lie in a picture, in its own units, so that a pointer can be followed. */
export const PLOT = { width: 560, height: 244, left: 46, right: 22, top: 38, bottom: 26 } as const;
