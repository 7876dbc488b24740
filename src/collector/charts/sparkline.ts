/** A trend so small that it stands in a cell. */
export interface Spark {
  /** Oldest first; null where nothing was received yet. */
  values: readonly (number | null)[];
  /** What the last value, whose period isn't over, comes to at this pace; null if it is too early to say. */
  pace: number | null;
  /** Of the palette, from 1. */
  hue: number;
}

export const SPARK = { width: 120, height: 36 } as const;
const MARGIN = 4;
/** More points would make a line a blot. */
const MOST = 60;

/** The shapes of a sparkline from 0 up: a line over what is complete, a dashed end and an open dot for what isn't. */
export function sparkShapes({ values: all, pace, hue }: Spark): string {
  const values = fewer(all);
  const most = Math.max(1, pace ?? 0, ...values.map((value) => value ?? 0));
  const last = values.length - 1;
  const x = (index: number) => round(MARGIN + (index / Math.max(1, last)) * (SPARK.width - 2 * MARGIN));
  const y = (value: number) => round(SPARK.height - MARGIN - (value / most) * (SPARK.height - 2 * MARGIN));
  const points = values.flatMap((value, index) => (value === null ? [] : [{ index, value }]));
  const path = (some: typeof points) => some.map(({ index, value }) => `${x(index)} ${y(value)}`).join('L');
  const colour = `var(--series-${hue})`;
  const whole = points.filter(({ index }) => index < last);
  const end = points.filter(({ index }) => index >= last - 1);
  const stroke = `fill="none" stroke="${colour}" stroke-linejoin="round"`;
  const dot = (value: number, look: string) => `<circle cx="${x(last)}" cy="${y(value)}" r="2.5" ${look}/>`;
  return [
    whole.length > 1 && `<path d="M${path(whole)}" ${stroke} stroke-width="2"/>`,
    whole.length === 1 && `<circle cx="${path(whole).replace(' ', '" cy="')}" r="2" fill="${colour}"/>`,
    end.length > 1 && `<path d="M${path(end)}" ${stroke} stroke-width="1.5" stroke-dasharray="2 2"/>`,
    pace !== null && dot(pace, `fill="var(--surface)" stroke="${colour}"`),
    typeof values[last] === 'number' && dot(values[last], `fill="${colour}"`),
  ]
    .filter((shape) => shape !== false)
    .join('');
}

/** Where there are too many to be told apart, the means of as many in a row as make few enough; the last one stays. */
function fewer(values: Spark['values']): Spark['values'] {
  const size = Math.ceil((values.length - 1) / MOST);
  if (size <= 1) return values;
  const complete = values.slice(0, -1);
  const means = Array.from({ length: Math.floor(complete.length / size) }, (_, index) => {
    const end = complete.length - index * size;
    const some = complete.slice(end - size, end).filter((value) => value !== null);
    return some.length === 0 ? null : some.reduce((sum, value) => sum + value, 0) / some.length;
  });
  return [...means.toReversed(), values.at(-1) ?? null];
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}
