/** Numbers of different figures that count the same must be the same, and parts must add up to their whole. */
import { type Report, type ReportOptions, report } from '../../../src/collector/report/report.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { NOW, randomEvents } from './support/random-events.ts';

const store = openStore(temporaryDirectory());
store.insert(randomEvents(7));
const activity = store.activity();
store.close();

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

const questions = [
  { unit: 'week', count: 20, timeZone: 'UTC', environment: 'local' },
  { unit: 'day', count: 60, timeZone: 'Asia/Kathmandu', environment: 'all' },
  { unit: 'month', count: 6, timeZone: 'America/St_Johns', environment: 'ci' },
] as const;

describe.each(questions)('$unit × $count, $environment', (question) => {
  const answer: Report = report(activity, {
    ...{ now: NOW, exclude: [], burstMinimum: 20 },
    ...question,
  } as ReportOptions);

  describe.each(['figures', 'soFar'] as const)('%s', (part) => {
    const figures = answer[part] as Report['figures'] & Required<Pick<Report['figures'], 'people'>>;
    const users = figures.people.map((row) => row.users);

    test('users by age and by version of their latest report are the active users', () => {
      expect(figures['active-users']?.map(({ byAge }) => sum(byAge))).toEqual(users);
      expect(figures['active-users']?.map((row) => row.users)).toEqual(users);
      const { most = [], othersPerPeriod = [] } = figures.versions ?? {};
      const byVersion = othersPerPeriod.map(
        (others, period) =>
          others + sum(most.map(({ latestPerPeriod }) => latestPerPeriod[period] as number)),
      );
      expect(byVersion).toEqual(users);
    });

    test('installations by way and by system are all installations, and the funnel’s', () => {
      const all = figures.installs?.map((row) => row.installs);
      expect(figures.installs?.map(({ script, npm }) => script + npm)).toEqual(all);
      expect(figures.installs?.map(({ byOs }) => sum(Object.values(byOs)))).toEqual(all);
      expect(figures.funnel?.map(({ installed }) => installed)).toEqual(all);
    });

    test('new users are the funnel’s', () => {
      expect(figures['active-users']?.map((row) => row.new)).toEqual(figures.funnel?.map(({ used }) => used));
    });

    test('deploys by host are all deploys', () => {
      expect(figures.deploys?.map(({ byTarget }) => sum(byTarget.map(({ deploys }) => deploys)))).toEqual(
        figures.people.map(({ deploys }) => deploys),
      );
    });
  });

  test('new users are those of retention and conversion, and windows only grow', () => {
    const used = answer.figures.funnel?.map((row) => row.used);
    expect(answer.figures.retention?.map(({ active }) => active[0])).toEqual(used);
    expect(answer.figures.conversion?.map((row) => row.used)).toEqual(used);
    for (const { windows, used: all } of answer.figures.conversion ?? []) {
      const built = windows.flatMap((window) => window.built ?? []);
      expect([...built, all]).toEqual([...built, all].toSorted((a, b) => a - b));
      for (const { built, deployed } of windows) expect(deployed ?? 0).toBeLessThanOrEqual(built ?? 0);
    }
  });

  test('a period’s total of projects is the one before and its new ones', () => {
    for (const step of ['created', 'built', 'deployed'] as const) {
      const rows = [...(answer.figures.projects ?? []), ...(answer.soFar.projects ?? [])].map(
        (row) => row[step],
      );
      expect(rows.slice(1).map((row) => row.total - row.new)).toEqual(
        rows.slice(0, -1).map(({ total }) => total),
      );
    }
  });

  test('the morning’s last period is that of the other figures', () => {
    const { matrix } = answer.figures.morning ?? {};
    const of = (name: string) => matrix?.columns.find((column) => column.name === name);
    const last = answer.figures.people?.at(-1);
    expect(of('used')).toMatchObject({ count: last?.users, often: last?.activeDays });
    expect(of('built')).toMatchObject({ count: last?.built, often: last?.builds });
    expect(of('deployed')).toMatchObject({ count: last?.deployed, often: last?.deploys });
    expect(of('installed')?.count).toBe(answer.figures.installs?.at(-1)?.installs);
    const created = answer.figures.projects?.at(-1)?.created;
    expect(of('projects')).toMatchObject({ count: created?.new, often: created?.total });
    expect(of('used')?.series.at(-1)).toBe(answer.soFar.people?.at(-1)?.users);
  });
});
