/** A drawing in ECharts' words. */
import { shortDate } from '../report/format.ts';
import { fillOf, hatchOf } from './colour.ts';
import { type Drawing, PLOT, type Series } from './drawing.ts';

/** With more periods than this, bars are too thin to be told apart, and lines are drawn instead. */
const MOST_BARS = 62;
/** How far above the chart the words of marks stand, lower row first. */
const LABEL_ROWS = [4, 18];
/** How wide a letter of such a word is, at most, and on a phone, where words are half as large again. */
const LETTER = { usual: 8, phone: 10 };
/** Between two such words; on a phone they take most of it. */
const WORD_GAP = 20;
/** Labels below the chart: few enough for a phone, where the text is enlarged. */
const MOST_LABELS = 5;

export function optionOf(drawing: Drawing): Record<string, unknown> {
  const { labels, series } = drawing;
  const isLines = drawing.kind === 'lines' || labels.length > MOST_BARS;
  const step = Math.ceil(labels.length / MOST_LABELS);
  return {
    animation: false,
    grid: { left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: PLOT.bottom, outerBoundsMode: 'none' },
    xAxis: {
      type: 'category',
      data: axisDates(labels, step),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: 'var(--muted)' } },
      // Counted from the latest, which is what is looked for.
      axisLabel: {
        color: 'var(--muted)',
        interval: (index: number) => (labels.length - 1 - index) % step === 0,
      },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 4,
      splitLine: { lineStyle: { color: 'var(--line)' } },
      axisLabel: { color: 'var(--muted)', formatter: shortNumber },
      // Nothing at all has a ground and a top too.
      ...(series.every(({ values }) => values.every((value) => !value)) && { min: 0, max: 1 }),
    },
    series: [
      ...(isLines ? ways(drawing) : series).flatMap((one, index) =>
        isLines ? lines(one, index, drawing) : [bars(one, drawing)],
      ),
      marks(drawing),
    ],
  };
}

const QUIET = { silent: true, emphasis: { disabled: true }, clip: false } as const;

function bars({ name, colour, values }: Series, { kind, isLastIncomplete }: Drawing): object {
  const last = values.length - 1;
  return {
    ...QUIET,
    type: 'bar',
    name,
    ...(kind === 'stack' && { stack: 'all' }),
    barCategoryGap: '22%',
    barGap: '6%',
    itemStyle: {
      color: fillOf(colour),
      borderColor: 'var(--surface)',
      borderWidth: kind === 'stack' ? 0.6 : 0,
    },
    // A shape without height says nothing and takes room in the page.
    data: values.map((value, index) => {
      if (value === null || value === 0) return '-';
      const isHatched = isLastIncomplete && index === last;
      return isHatched
        ? { value, itemStyle: { color: hatchOf(colour), borderColor: `var(--series-${colour.hue})` } }
        : value;
    }),
  };
}

const DASHES = ['solid', [7, 3], [2, 3], [9, 3, 2, 3]];

/**
 * The series as they are drawn by lines. Areas on top of each other are drawn from the ground, the highest first, so that
 * each has one edge to be told and not two.
 */
function ways({ kind, series }: Drawing): readonly Series[] {
  if (kind !== 'stack') return series;
  const below: number[] = [];
  return series
    .map((one) => ({
      ...one,
      values: one.values.map((value, index) => {
        below[index] = (below[index] ?? 0) + (value ?? 0);
        return value === null ? null : below[index];
      }),
    }))
    .toReversed();
}

/** A line, or an area, to the last complete period; to the one that isn't over its end is dashed, or hatched. */
function lines(series: Series, index: number, { kind, isLastIncomplete }: Drawing): object[] {
  const { values } = series;
  const end = isLastIncomplete ? values.length - 1 : values.length;
  const shape = kind === 'stack' ? area : line;
  const whole = shape(
    series,
    values.map((value, at) => (at < end ? value : null)),
    { part: 'whole', index },
  );
  if (!isLastIncomplete) return [whole];
  return [
    whole,
    shape(
      series,
      values.map((value, at) => (at >= end - 1 ? value : null)),
      { part: 'end', index },
    ),
  ];
}

type Values = readonly (number | null)[];
interface Piece {
  part: 'whole' | 'end';
  /** The series' place in the chart. */
  index: number;
}

function line({ name, colour }: Series, values: Values, { part, index }: Piece): object {
  // Dashes of a way that goes up and down every day can't be followed.
  const isDense = values.length > MOST_BARS;
  const type = part === 'end' ? [3, 3] : isDense ? 'solid' : DASHES[index % 4];
  return {
    ...{ ...QUIET, name, type: 'line', symbol: 'none', data: values.map((value) => value ?? '-') },
    lineStyle: { color: `var(--series-${colour.hue})`, width: isDense ? 1.2 : 2, type },
  };
}

function area({ name, colour }: Series, values: Values, { part }: Piece): object {
  return {
    ...{ ...QUIET, name, type: 'line', symbol: 'none', data: values.map((value) => value ?? '-') },
    lineStyle: { width: 0 },
    areaStyle: { color: part === 'end' ? hatchOf(colour) : fillOf(colour), opacity: 1 },
  };
}

/** Upright lines with a word on top, in two rows. One that has no room in either loses its word, not its line. */
function marks({ marks: all, labels }: Drawing): object {
  const room = (PLOT.width - PLOT.left - PLOT.right) / labels.length;
  const free = LABEL_ROWS.map(() => Number.NEGATIVE_INFINITY);
  const data = all.map(({ at, text }) => {
    const word = wordAt(PLOT.left + (at + 0.5) * room, text);
    const row = word ? free.findIndex((from) => word.from >= from) : -1;
    if (word && row >= 0) free[row] = word.to + WORD_GAP;
    const label = { show: row >= 0, formatter: text, align: word?.align, distance: LABEL_ROWS[row] ?? 0 };
    return { xAxis: at, label };
  });
  return {
    ...QUIET,
    type: 'line',
    data: [],
    markLine: {
      ...QUIET,
      symbol: 'none',
      lineStyle: { color: 'var(--muted)', width: 1, type: [2, 3] },
      label: { color: 'var(--muted)', position: 'end', textBorderWidth: 0 },
      data,
    },
  };
}

/** Where a word can stand by its line without leaving the picture: on it, before it, behind it; undefined if nowhere. */
function wordAt(x: number, { length }: string): { align: string; from: number; to: number } | undefined {
  const reach = (letter: number, before: number) => {
    const from = x - letter * length * before;
    return { from, to: from + letter * length };
  };
  const place = WORD_PLACES.find(({ before }) => {
    const { from, to } = reach(LETTER.phone, before);
    return from >= 0 && to <= PLOT.width;
  });
  return place && { align: place.align, ...reach(LETTER.usual, place.before) };
}

/** `before`: how much of a word stands before its line. */
const WORD_PLACES = [
  { align: 'center', before: 0.5 },
  { align: 'right', before: 1 },
  { align: 'left', before: 0 },
];

/** Below the chart: with the year where it begins, if there are two; that of the latest, which is now, is known. */
function axisDates(labels: readonly string[], step: number): string[] {
  const years = labels.map((label) => label.slice(0, 4));
  const last = labels.length - 1;
  return labels.map((label, index) => {
    const isSaid = years[index] === years[index - step] || index === last || years[0] === years[last];
    return isSaid ? shortDate(label) : `${shortDate(label)} ${years[index]}`;
  });
}

function shortNumber(value: number): string {
  if (value >= 1e6) return `${value / 1e6}M`;
  return value >= 1000 ? `${value / 1000}k` : String(value);
}
