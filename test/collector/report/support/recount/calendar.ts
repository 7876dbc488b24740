import { DAY, QUARTER, type RawEvent } from './events.ts';

export interface Question {
  unit: 'day' | 'week' | 'month';
  count: number;
  timeZone: string;
  environment: string;
  now: number;
  exclude: readonly string[];
  burstMinimum: number | null;
}

const dates = new Map<string, (time: number) => string>();
const starts = new Map<string, number>();

/** The local date, remembered: asking `Intl` is what takes long. */
function dateIn(timeZone: string): (time: number) => string {
  const known = dates.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
  });
  const asked = new Map<number, string>();
  const of = (time: number) => {
    const minute = Math.floor(time / 60_000);
    const date = asked.get(minute) ?? format.format(time);
    asked.set(minute, date);
    return date;
  };
  dates.set(timeZone, of);
  return of;
}

/** Which period a moment lies in, by the date that a wall calendar in that time zone shows. */
export function calendar({ unit, count, timeZone, now }: Question) {
  const dateOf = dateIn(timeZone);
  const firstDay = (date: string) => {
    if (unit === 'month') return `${date.slice(0, 8)}01`;
    const day = new Date(`${date}T00:00Z`);
    if (unit === 'week') day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
    return day.toISOString().slice(0, 10);
  };
  const known = new Map<string, string>();
  const of = (time: number) => {
    const date = dateOf(time);
    const label = known.get(date) ?? firstDay(date);
    known.set(date, label);
    return label;
  };
  const grouped = new WeakMap<readonly RawEvent[], Map<string, RawEvent[]>>();
  /** Those of the events that lie in a period. */
  const within = (list: readonly RawEvent[], label: string): RawEvent[] => {
    const groups = grouped.get(list) ?? Map.groupBy(list, ({ time }) => of(time));
    grouped.set(list, groups);
    return groups.get(label) ?? [];
  };
  const labels: string[] = [];
  let current = of(now);
  const end = current;
  while (labels.length < count) {
    const dayBefore = new Date(Date.parse(`${current}T00:00Z`) - DAY).toISOString().slice(0, 10);
    current = firstDay(dayBefore);
    labels.unshift(current);
  }
  /** The first quarter hour of a period, found by asking for one after the other; remembered, as dates are. */
  const start = (label: string) => {
    const key = [timeZone, unit, label].join();
    let time = starts.get(key) ?? Date.parse(`${label}T00:00Z`) - DAY;
    while (of(time) < label) time += QUARTER;
    starts.set(key, time);
    return time;
  };
  return { labels, of, within, end, start };
}
