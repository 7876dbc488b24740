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

/** The shapes of a sparkline from 0 up: a line over what is complete, a dashed end and an open dot for what isn't. */
export function sparkShapes({ values, pace, hue }: Spark): string {
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

function round(value: number): number {
  return Math.round(10 * value) / 10;
}
