import type { calendar, Question } from './calendar.ts';
import { DAY, isDeploy, QUARTER, quarter, type RawEvent, users, versionOf } from './events.ts';

type Calendar = ReturnType<typeof calendar>;

/** When each version was first reported, and the versions with the most reports in these periods. */
function known(commands: readonly RawEvent[], labels: readonly string[], period: Calendar) {
  const versions = [...new Set(commands.map(versionOf))].map((name) => {
    const mine = commands.filter((event) => versionOf(event) === name);
    const reports = mine.filter(({ time }) => labels.includes(period.of(time) ?? '')).length;
    return { name, mine, reports, first: Math.min(...mine.map(({ time }) => quarter(time))) };
  });
  const most = versions
    .filter(({ reports }) => reports > 0)
    .sort((a, b) => b.reports - a.reports || (a.name < b.name ? -1 : 1))
    .slice(0, 12);
  const oldestFirst = most.toSorted((a, b) => a.first - b.first || (a.name < b.name ? -1 : 1));
  const names = oldestFirst.map(({ name }) => name);
  /** Of several, the newest of the most reported ones; `others` if there is none of these. */
  const newest = (events: readonly RawEvent[]) =>
    names.findLast((name) => events.some((event) => versionOf(event) === name)) ?? 'others';
  return { most: oldestFirst.reverse(), newest };
}

/** Versions nobody had reported before the period that hasn't ended. */
function fresh(commands: readonly RawEvent[], period: Calendar) {
  const [before, since] = [
    commands.filter(({ time }) => time < period.start(period.end)),
    commands.filter(({ time }) => time >= period.start(period.end)),
  ];
  const known = new Set(before.map(versionOf));
  return [...new Set(since.map(versionOf))]
    .filter((version) => !known.has(version))
    .map((version) => {
      const mine = since.filter((event) => versionOf(event) === version);
      const firstQuarterHour = Math.min(...mine.map(({ time }) => quarter(time))) / QUARTER;
      return { version, firstQuarterHour, users: users(mine).length };
    })
    .sort((a, b) => a.firstQuarterHour - b.firstQuarterHour || (a.version < b.version ? -1 : 1));
}

export function recountVersions(
  commands: readonly RawEvent[],
  labels: readonly string[],
  period: Calendar,
  question: Question,
) {
  const { most, newest } = known(commands, labels, period);
  const latest = labels.map((label) => {
    const byUser = Map.groupBy(period.within(commands, label), ({ user }) => user);
    return [...byUser.values()].map((mine) => {
      const end = Math.max(...mine.map(({ time }) => quarter(time)));
      return newest(mine.filter(({ time }) => quarter(time) === end));
    });
  });
  return {
    most: most.map(({ name, mine, first }) => ({
      version: name,
      firstQuarterHour: first / QUARTER,
      usersPerPeriod: labels.map((label) => users(period.within(mine, label)).length),
      latestPerPeriod: latest.map((list) => list.filter((version) => version === name).length),
      users: users(mine.filter(({ time }) => labels.includes(period.of(time) ?? ''))).length,
      uptake: [1, 7, 30].map((days) => {
        const within = ({ time }: RawEvent) => time >= first && time < first + days * DAY;
        if (first + days * DAY > quarter(question.now)) return null;
        return { users: users(mine.filter(within)).length, active: users(commands.filter(within)).length };
      }),
    })),
    othersPerPeriod: latest.map((list) => list.filter((version) => version === 'others').length),
    fresh: fresh(commands, period),
  };
}

export function recountEffect(
  commands: readonly RawEvent[],
  labels: readonly string[],
  period: Calendar,
  question: Question,
) {
  const { most, newest } = known(commands, labels, period);
  const people = [...Map.groupBy(commands, ({ user }) => user).values()].map((mine) => {
    const birth = Math.min(...mine.map(({ time }) => quarter(time)));
    const aged = (from: number, to: number) =>
      mine.filter(({ time }) => quarter(time) - birth >= from * DAY && quarter(time) - birth < to * DAY);
    const deployed = aged(0, 14).some(({ deploy }) => isDeploy(deploy));
    return {
      birth,
      began: newest(mine.filter(({ time }) => quarter(time) === birth)),
      isOldEnough: birth + 14 * DAY <= quarter(question.now),
      returned: aged(7, 14).length > 0,
      built: deployed || aged(0, 14).some(({ isBuild }) => isBuild),
      deployed,
    };
  });
  const grouped = (wanted: (one: (typeof people)[number]) => boolean) => {
    const group = people.filter((one) => one.isOldEnough && wanted(one));
    return {
      users: group.length,
      returned: group.filter(({ returned }) => returned).length,
      built: group.filter(({ built }) => built).length,
      deployed: group.filter(({ deployed }) => deployed).length,
    };
  };
  return most.map(({ name, first }) => ({
    version: name,
    began: grouped(({ began, birth }) => began === name && birth >= first && birth < first + 28 * DAY),
    before: grouped(({ birth }) => birth < first && birth >= first - 28 * DAY),
  }));
}
