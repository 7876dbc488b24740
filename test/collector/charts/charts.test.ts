import { PNG } from 'pngjs';
import { colourOf, PALETTE, PAPER } from '../../../src/collector/charts/colour.ts';
import { type Drawing, PLOT } from '../../../src/collector/charts/drawing.ts';
import { pngOf } from '../../../src/collector/charts/png.ts';
import { chartPicture, chartShapes } from '../../../src/collector/charts/svg.ts';

const LABELS = Array.from({ length: 28 }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`);

function drawing(overrides: Partial<Drawing> = {}, labels: readonly string[] = LABELS): Drawing {
  const series = ['0.21.0', '0.22.0'].map((name) => ({
    name,
    colour: colourOf(name),
    values: labels.map((_, index) => (index < 3 ? null : 10 + (index % 7))),
  }));
  return {
    ...{ kind: 'stack', title: 'Users <by> version', labels, series, marks: [], isLastIncomplete: false },
    ...overrides,
  };
}

test.each(['stack', 'bars', 'lines'] as const)(
  'a chart of %s has no style, script, class or id of its own',
  async (kind) => {
    const shapes = await chartShapes(
      drawing({ kind, marks: [{ at: 5, date: '2026-11-07', text: '0.22.0' }], isLastIncomplete: true }),
    );
    expect(shapes).not.toMatch(/style|class=|ecmeta|\bid=|<script|rgb\(|#[0-9a-f]{3}/i);
    expect(shapes).toContain('>0.22.0</text>');
  },
);

test('the same drawing gives the same bytes, whatever was drawn before', async () => {
  const first = await chartShapes(drawing());
  await chartShapes(drawing({ kind: 'lines' }));
  expect(await chartShapes(drawing())).toBe(first);
});

test('bars side by side are filled', async () => {
  const shapes = await chartShapes(drawing({ kind: 'bars' }));
  expect(shapes.match(/fill="(?:var\(--series|url)/g)).toHaveLength(2 * 25);
});

test('nothing is drawn where there is no number, and the period that isn’t over is hatched', async () => {
  const bars = (shapes: string) => shapes.match(/fill="(?:var\(--series|url)[^"]+"/g)?.length;
  expect(bars(await chartShapes(drawing()))).toBe(2 * 25);
  const hatched = await chartShapes(drawing({ isLastIncomplete: true }));
  expect(hatched.match(/url\(#p\d-4\)/g)).toHaveLength(2);
});

test('a year of days is drawn as areas, in less than 20 KB', async () => {
  const days = Array.from({ length: 365 }, (_, index) => `2026-01-${index}`);
  expect((await chartShapes(drawing({}, days))).length).toBeLessThan(20_000);
});

/** Words above the chart: what they say, and how many units they are from both sides of the picture. */
function words(shapes: string): { text: string; room: number }[] {
  const written = shapes.matchAll(
    /<text[^>]*text-anchor="(\w+)"[^>]*transform="translate\(([\d.]+) [\d.]+\)"[^>]*>([^<]*)<\/text>/g,
  );
  return [...written]
    .filter(([, , , text]) => text?.includes('day'))
    .map(([, anchor, x, text = '']) => {
      const width = 7 * text.length;
      const from = Number(x) - width * ({ start: 0, middle: 0.5, end: 1 }[anchor as string] as number);
      return { text, room: Math.min(from, PLOT.width - from - width) };
    });
}

test.each([0, 1, 13, 26, 27])('a word of a mark at %i ends within the picture', async (at) => {
  for (const text of ['launch day', 'a day in the long life of a note', 'day'.repeat(26)]) {
    const shapes = await chartShapes(drawing({ marks: [{ at, date: '2026-11-07', text }] }));
    const [word] = words(shapes);
    if (text.length < 20) expect(word?.text).toBe(text);
    if (word) expect(word.room).toBeGreaterThanOrEqual(0);
  }
});

test('dates below the chart name the year where there are two, but for the latest', async () => {
  const months = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      new Date(Date.UTC(2025, first + index)).toISOString().slice(0, 10),
    );
  const dates = async (labels: string[]) =>
    (await chartShapes(drawing({}, labels))).match(/(?<=>)\d+ [A-Z][a-z]{2}(?: \d+)?(?=<)/g);
  expect(await dates(months(0, 5))).toEqual(['1 Jan', '1 Feb', '1 Mar', '1 Apr', '1 May']);
  expect(await dates(months(0, 24))).toEqual(['1 Apr 2025', '1 Sep', '1 Feb 2026', '1 Jul', '1 Dec']);
});

test.each(['stack', 'bars', 'lines'] as const)('%s of nothing have an axis', async (kind) => {
  const series = [{ name: 'fly', colour: colourOf('fly'), values: LABELS.map(() => 0) }];
  expect(await chartShapes(drawing({ kind, series }))).toMatch(/>0<.*>1</s);
});

test('a version keeps its colour, and differs in colour or pattern from those around it', () => {
  const versions = ['0.20.0', '0.21.0', '0.21.1', '0.22.0', '0.23.0', '0.24.0', '0.25.0', '1.0.0', 'others'];
  expect(new Set(versions.map((name) => JSON.stringify(colourOf(name)))).size).toBe(versions.length);
  expect(colourOf('0.21.1')).toEqual(colourOf('0.21.1'));
});

test.each(['light', 'dark'] as const)(
  'all %s colours are told apart without red or green, and from the paper',
  (scheme) => {
    for (const [index, one] of PALETTE[scheme].entries()) {
      expect(contrast(one, PAPER[scheme].surface)).toBeGreaterThan(3);
      for (const other of PALETTE[scheme].slice(index + 1)) {
        for (const seen of [linear, seenByDeuteranope, seenByProtanope]) {
          expect(distance(seen(one), seen(other))).toBeGreaterThan(0.1);
        }
      }
    }
  },
);

test('the series of one chart have different colours', () => {
  for (const names of [
    ['≤ 1 day', '≤ 7 days', '≤ 30 days', '> 30 days'],
    ['installed', 'used', 'built', 'deployed'],
    ['created', 'built', 'deployed'],
    ['active', 'new', 'built', 'deployed'],
    ['builds', 'deploys'],
    ['Linux', 'macOS', 'Windows', 'other'],
    ['fly: projects', 'railway: projects', 'other: projects'],
    ['install.sh', 'npm'],
  ]) {
    expect(new Set(names.map((name) => colourOf(name).hue)).size).toBe(names.length);
  }
});

test('the PNG shows title, chart and key, and is as wide as asked for', async () => {
  const plain = drawing();
  const png = PNG.sync.read(Buffer.from(await pngOf(chartPicture(plain, await chartShapes(plain)), 1120)));
  expect(png.width).toBe(1120);
  const inks = (top: number, bottom: number) => {
    const seen = new Set<string>();
    for (let at = 4 * 1120 * top; at < 4 * 1120 * bottom; at += 4)
      seen.add(png.data.subarray(at, at + 3).toString('hex'));
    return seen.size;
  };
  // An empty strip has one colour; text is smoothed and has many.
  expect(inks(0, 10)).toBe(1);
  expect(inks(20, 60)).toBeGreaterThan(10);
  expect(inks(120, 480)).toBeGreaterThan(10);
  expect(inks(png.height - 60, png.height - 20)).toBeGreaterThan(10);
});

test('a picture is complete: no name of a style sheet is left in it, and text is text', async () => {
  const hatched = drawing({ isLastIncomplete: true });
  const picture = chartPicture(hatched, await chartShapes(hatched), 'dark');
  expect(picture).not.toMatch(/var\(/);
  expect(picture).toContain('Users &#60;by&#62; version');
  for (const [, id] of picture.matchAll(/url\(#([^)]+)\)/g)) expect(picture).toContain(`id="${id}"`);
});

type Rgb = [number, number, number];

function linear(hex: string): Rgb {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [one, other]
    .map((hex) =>
      linear(hex).reduce((sum, value, index) => sum + value * ([0.2126, 0.7152, 0.0722][index] as number), 0),
    )
    .toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Machado, Oliveira and Fernandes 2009, deuteranopia. */
function seenByDeuteranope(hex: string): Rgb {
  const [r, g, b] = linear(hex);
  return [
    0.367322 * r + 0.860646 * g - 0.227968 * b,
    0.280085 * r + 0.672501 * g + 0.047413 * b,
    -0.01182 * r + 0.04294 * g + 0.968881 * b,
  ];
}

/** The same for protanopia. */
function seenByProtanope(hex: string): Rgb {
  const [r, g, b] = linear(hex);
  return [
    0.152286 * r + 1.052583 * g - 0.204868 * b,
    0.114503 * r + 0.786281 * g + 0.099216 * b,
    -0.003882 * r - 0.048116 * g + 1.051998 * b,
  ];
}

/** In Oklab, where 0.02 can just be seen. */
function distance(one: Rgb, other: Rgb): number {
  const [a, b] = [oklab(one), oklab(other)];
  return Math.hypot(...a.map((value, index) => value - (b[index] as number)));
}

function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
