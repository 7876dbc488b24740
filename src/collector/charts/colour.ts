import type { Colour } from './drawing.ts';

/**
 * Light and dark: each at least 3:1 against its surface, and any two told apart by people who see no green or no red,
 * which a test calculates.
 */
export const PALETTE = {
  light: ['#4a8ef5', '#c48400', '#1c8266', '#e548ad', '#4a0088', '#813a07', '#005282', '#242a2f'],
  dark: ['#44b0f8', '#fdad02', '#66ce9e', '#c82567', '#774bf3', '#d56c22', '#137ab2', '#dfe7ec'],
} as const;

/** What else a picture needs, by the names that the style sheet has for it. */
export const PAPER = {
  light: { surface: '#ffffff', text: '#1c1917', muted: '#57534e', line: '#e7e2dc' },
  dark: { surface: '#211d1a', text: '#f5f1ec', muted: '#b8afa6', line: '#3a342f' },
} as const;

export type Scheme = keyof typeof PALETTE;

/** Series that mean the same have the same colour in every chart. */
const KNOWN: Record<string, Colour> = {
  '≤ 1 day': plain(2),
  '≤ 7 days': plain(7),
  '≤ 30 days': plain(3),
  '> 30 days': plain(1),
  installed: plain(8),
  used: plain(1),
  active: plain(1),
  new: plain(4),
  created: plain(4),
  built: plain(2),
  deployed: plain(3),
  builds: plain(2),
  deploys: plain(3),
  'new projects': plain(4),
  'created, total': plain(4),
  'built, total': plain(2),
  'deployed, total': plain(3),
  'fly: projects': plain(5),
  'railway: projects': plain(2),
  'other: projects': plain(8),
  Linux: plain(2),
  macOS: plain(1),
  Windows: plain(4),
  other: plain(8),
  others: plain(8),
  'install.sh': plain(6),
  npm: plain(7),
};

/**
 * The colour of a series, from its name alone, so that it is the same tomorrow whatever else there is then. Versions
 * that follow each other differ in hue, those of one minor version in pattern.
 */
export function colourOf(name: string): Colour {
  const known = KNOWN[name];
  if (known) return known;
  const [, major = '', minor = '', patch = ''] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(name) ?? [];
  if (major === '') return { hue: 1 + (sum(name) % 8), pattern: 3 };
  const release = 8 * Number(major) + Number(minor);
  return { hue: 1 + (release % 8), pattern: (Number(patch) + Math.floor(Number(minor) / 8)) % 4 };
}

function plain(hue: number): Colour {
  return { hue, pattern: 0 };
}

function sum(text: string): number {
  return [...text].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
}

/** What a shape is filled with; the style sheet and {@link patterns} define the names. */
export function fillOf({ hue, pattern }: Colour): string {
  return pattern === 0 ? `var(--series-${hue})` : `url(#p${hue}-${pattern})`;
}

/** For a period that isn't over: the colour as thin stripes. */
export function hatchOf({ hue }: Colour): string {
  return `url(#p${hue}-4)`;
}

/** The definitions behind {@link fillOf} and {@link hatchOf}: once in a document, or those that `markup` uses. */
export function patterns(markup?: string): string {
  const all = PALETTE.light.flatMap((_, index) =>
    [1, 2, 3, 4].map((pattern) => patternOf(index + 1, pattern)),
  );
  return all
    .filter(({ id }) => markup === undefined || markup.includes(`url(#${id})`))
    .map(({ text }) => text)
    .join('');
}

function patternOf(hue: number, pattern: number): { id: string; text: string } {
  const id = `p${hue}-${pattern}`;
  const colour = `var(--series-${hue})`;
  const ground = pattern === 4 ? 'var(--surface)' : colour;
  const ink = pattern === 4 ? colour : 'var(--surface)';
  const turn = [0, 45, -45, 0, 45][pattern];
  const mark =
    pattern === 3
      ? '<circle cx="3" cy="3" r="1.3"/>'
      : `<rect width="${pattern === 4 ? 3 : 1.5}" height="6"/>`;
  const text =
    `<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})">` +
    `<rect width="6" height="6" fill="${ground}"/><g fill="${ink}">${mark}</g></pattern>`;
  return { id, text };
}

/** The markup with colours in the place of the style sheet's names, for where there is no style sheet. */
export function withColours(markup: string, scheme: Scheme): string {
  return markup.replace(/var\(--([a-z]+)(?:-(\d))?\)/g, (name, word: string, number?: string) =>
    number === undefined
      ? (PAPER[scheme][word as keyof (typeof PAPER)[Scheme]] ?? name)
      : (PALETTE[scheme][Number(number) - 1] ?? name),
  );
}
