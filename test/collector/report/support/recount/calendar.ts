import { DAY, QUARTER } from './events.ts';

export interface Question {
  unit: 'day' | 'week' | 'month';
  count: number;
  timeZone: string;
  environment: string;
  now: number;
  exclude: readonly string[];
  burstMinimum: number | null;
}

/** Which period a moment lies in, by the date that a wall calendar in that time zone shows. */
export function calendar({ unit, count, timeZone, now }: Question) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const firstDay = (date: string) => {
    if (unit === 'month') return `${date.slice(0, 8)}01`;
    const day = new Date(`${date}T00:00Z`);
    if (unit === 'week') day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
    return day.toISOString().slice(0, 10);
  };
  const known = new Map<number, string>();
  const of = (time: number) => {
    const minute = Math.floor(time / 60_000);
    let label = known.get(minute);
    if (label === undefined) {
      label = firstDay(format.format(time));
      known.set(minute, label);
    }
    return label;
  };
  const labels: string[] = [];
  let current = of(now);
  const end = current;
  while (labels.length < count) {
    const dayBefore = new Date(Date.parse(`${current}T00:00Z`) - DAY).toISOString().slice(0, 10);
    current = firstDay(dayBefore);
    labels.unshift(current);
  }
  /** The first quarter hour of a period. */
  const start = (label: string) => {
    let time = Date.parse(`${label}T00:00Z`) - DAY;
    while (of(time) < label) time += QUARTER;
    return time;
  };
  return { labels, of, end, start };
}
