import { type Report, type ReportOptions, report, tables } from '../../../src/collector/report/report.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { NOW, randomEvents } from './support/random-events.ts';

const question: ReportOptions = {
  ...{ unit: 'week', count: 6, timeZone: 'Europe/Zagreb', environment: 'local' },
  ...{ now: NOW, exclude: [], burstMinimum: 20 },
};

const store = openStore(temporaryDirectory());
store.insert(randomEvents(1));
const activity = store.activity();
store.close();
const answer = report(activity, question);
const all = tables(answer);

test.each(all.map((table) => [table.id, table] as const))(
  '%s: charts name columns, columns differ, and every row has a cell for each',
  (_, { columns, rows, soFar, charts }) => {
    expect(new Set(columns).size).toBe(columns.length);
    for (const row of [...rows, ...(soFar ? [soFar] : [])]) expect(row).toHaveLength(columns.length);
    for (const name of charts.flatMap(({ series }) => series)) expect(columns).toContain(name);
  },
);

test('tables by period have a row for the period that hasn’t ended, apart from the others', () => {
  const byPeriod = all.filter(({ soFar }) => soFar !== undefined);
  expect(byPeriod.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'active-users',
      'people',
      'projects',
      'funnel',
      'deploys',
      'versions',
      'systems',
    ]),
  );
  for (const { rows, soFar } of byPeriod) {
    expect(rows.map(([first]) => first)).toEqual(answer.periods.labels);
    expect(soFar?.[0]).toBe(answer.periods.end);
  }
});

test('the period so far is what the complete period will have had until then', () => {
  const { bounds, labels } = answer.periods;
  const end = (bounds.at(-1) as number) * 900_000;
  // A moment before the last complete period ended, it was the one that had not.
  const { soFar } = report(activity, { ...question, now: end - 1 });
  for (const name of ['active-users', 'people', 'projects', 'deploys', 'systems', 'installs'] as const) {
    expect(soFar[name]?.[0]?.period).toBe(labels.at(-1));
  }
  const { bounds: _, ...row } = { ...answer.figures['active-users']?.at(-1), bounds };
  expect(soFar['active-users']?.[0]).toEqual(row);
});

test('what was received later than now doesn’t count', () => {
  const now = NOW - 40 * 86_400_000;
  const early = { ...activity, chunks: activity.chunks.filter(({ day }) => day * 86_400_000 <= now) };
  const figures = ({ figures, soFar }: Report) => ({ figures, soFar });
  expect(figures(report(activity, { ...question, now }))).toEqual(
    figures(report(early, { ...question, now })),
  );
});
