import { calendar, type Question } from './calendar.ts';
import { isDeploy, projects, QUARTER, quarter, type RawEvent, users } from './events.ts';

/** The morning's matrices; `wanted` are the events that count, `raw` all that were received. */
export function recountMorning(raw: readonly RawEvent[], wanted: readonly RawEvent[], question: Question) {
  const { unit, count } = question;
  return {
    matrix: matrix(raw, wanted, question, unit, count),
    yesterday: matrix(raw, wanted, question, 'day', unit === 'day' ? count : 14),
  };
}

const NAMES = ['installed', 'used', 'built', 'deployed', 'projects'] as const;

function matrix(
  raw: readonly RawEvent[],
  wanted: readonly RawEvent[],
  question: Question,
  unit: Question['unit'],
  length: number,
) {
  const weeks = unit === 'day' ? 7 : 1;
  const period = calendar({ ...question, unit, count: Math.max(length, 40) });
  const day = calendar({ ...question, unit: 'day' });
  const all = [...period.labels, period.end];
  const first = Math.min(...raw.map(({ time }) => quarter(time)));
  const commands = wanted.filter(({ name }) => name === 'cli');
  const birth = new Map<string, string>();
  for (const { project, time } of commands) {
    const label = period.of(time);
    if (project !== null && label < (birth.get(project) ?? '9')) birth.set(project, label);
  }
  const known = (label: string) =>
    new Set([...birth].filter(([, born]) => born < label).map(([project]) => project));
  const countIn = (name: (typeof NAMES)[number], label: string, until = Number.POSITIVE_INFINITY): number => {
    const here = period.within(wanted, label).filter(({ time }) => quarter(time) < until);
    const mine = here.filter((event) => event.name === 'cli');
    if (name === 'installed') return here.length - mine.length;
    if (name === 'used') return users(mine).length;
    if (name === 'built') return users(mine.filter(({ isBuild }) => isBuild)).length;
    if (name === 'deployed') return users(mine.filter(({ deploy }) => isDeploy(deploy))).length;
    const before = known(label);
    return projects(mine).filter((project) => !before.has(project)).length;
  };
  const last = period.labels.at(-1) as string;
  const inLast = period.within(commands, last);
  const often = {
    installed: countIn('installed', last),
    used: new Set(inLast.map(({ user, time }) => `${user} ${day.of(time)}`)).size,
    built: inLast.filter(({ isBuild }) => isBuild).length,
    deployed: inLast.filter(({ deploy }) => isDeploy(deploy)).length,
    projects: known(period.end).size,
  };
  const ago = (label: string, periods: number) => all[all.indexOf(label) - periods] as string;
  const fourLike = (label: string) => [1, 2, 3, 4].map((times) => ago(label, times * weeks));
  const isWhole = (label: string) => first <= period.start(label);
  const after = (label: string) => all[all.indexOf(label) + 1] as string;
  const isKnown = (label: string) => label === period.end || first < period.start(after(label));
  return {
    ...{ unit, label: last, timeZone: question.timeZone, now: question.now, since: first },
    like:
      unit === 'day'
        ? new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(Date.parse(last))
        : unit,
    labels: all.slice(-length - 1),
    columns: NAMES.map((name) => {
      const likes = fourLike(last);
      const sorted = likes.map((label) => countIn(name, label)).sort((a, b) => a - b) as [
        number,
        number,
        number,
        number,
      ];
      const current = fourLike(period.end);
      const elapsed = quarter(question.now) + QUARTER - period.start(period.end);
      const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
      const byThen = sum(current.map((label) => countIn(name, label, period.start(label) + elapsed)));
      const whole = sum(current.map((label) => countIn(name, label)));
      return {
        name,
        count: isKnown(last) ? countIn(name, last) : null,
        often: isKnown(last) ? often[name] : null,
        before: isWhole(ago(last, 1)) ? countIn(name, ago(last, 1)) : null,
        usual: likes.every(isWhole)
          ? { median: (sorted[1] + sorted[2]) / 2, low: sorted[0], high: sorted[3] }
          : null,
        series: all.slice(-length - 1).map((label) => (isKnown(label) ? countIn(name, label) : null)),
        pace:
          current.every(isWhole) && byThen >= 20
            ? Math.round((countIn(name, period.end) * whole) / byThen)
            : null,
      };
    }),
  };
}
