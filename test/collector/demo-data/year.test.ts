import { LAUNCH_DAY, outage } from '../../../src/collector/demo-data/life.ts';
import { DAYS, demoNotes, demoYear } from '../../../src/collector/demo-data/year.ts';
import { type Report, report } from '../../../src/collector/report/report.ts';
import { difference } from '../../../src/collector/report/versions/difference.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const NOW = Date.UTC(2026, 10, 24, 7, 12);
const DAY = 24 * 3_600_000;
const FIRST = Date.UTC(2026, 10, 24) - (DAYS - 1) * DAY;

const events = [...demoYear({ seed: 1, scale: 0.5, until: NOW })].flat();
let answer: Report;

beforeAll(() => {
  const store = openStore(temporaryDirectory());
  store.insert(events);
  answer = report(store.activity(), {
    ...{ unit: 'day', count: 360, timeZone: 'UTC', environment: 'local' },
    ...{ now: NOW, exclude: [], burstMinimum: 20 },
  });
  store.close();
});

function usersOn(filter: (date: Date) => boolean): number {
  const rows = answer.figures['active-users']?.slice(-200) ?? [];
  const wanted = rows.filter(({ period }) => filter(new Date(`${period}T00:00Z`)));
  return wanted.reduce((sum, { users }) => sum + users, 0) / wanted.length;
}

test('the same seed and time give the same events, and nothing is later than that time', () => {
  expect(Math.max(...events.map(({ receivedAt }) => receivedAt))).toBeLessThan(NOW);
  // As text: Jest takes long to compare thousands of objects.
  const [one, same, other] = [1, 1, 2].map((seed) =>
    JSON.stringify([...demoYear({ seed, scale: 0.05, until: NOW })]),
  );
  expect(same).toBe(one);
  expect(other).not.toBe(one);
});

test('a week has a rhythm', () => {
  const weekend = usersOn((date) => [0, 6].includes(date.getUTCDay()));
  const middle = usersOn((date) => [2, 3, 4].includes(date.getUTCDay()));
  expect(weekend).toBeLessThan(0.7 * middle);
  expect(weekend).toBeGreaterThan(0.3 * middle);
});

test('the launch brings several times as many new users, fewer each day after', () => {
  const rows = answer.figures['active-users'] ?? [];
  const launch = rows.findIndex(({ period }) => Date.parse(`${period}T00:00Z`) === FIRST + LAUNCH_DAY * DAY);
  const [first = 0, second = 0] = rows.slice(launch).map((row) => row.new);
  const weekBefore = rows[launch - 7]?.new ?? 0;
  expect(first).toBeGreaterThan(3 * weekBefore);
  expect(second).toBeLessThan(first);
});

test('in the outage nothing was received, and around it much', () => {
  const { from, to } = outage(FIRST);
  const between = (start: number, end: number) =>
    events.filter(({ receivedAt }) => receivedAt >= start && receivedAt < end).length;
  expect(between(from, to)).toBe(0);
  expect(between(from - DAY, from)).toBeGreaterThan(20);
  expect(between(to, to + DAY)).toBeGreaterThan(20);
});

test('CI that isn’t recognised comes in bursts', () => {
  expect(answer.leftOut.bursts).toBeGreaterThan(3);
  expect(answer.leftOut.burstPersons).toBeGreaterThan(100);
});

test('since a release more of the new users deploy, and the figure sees it', () => {
  const deployed = (name: string) => {
    const began = answer.figures.effect?.find(({ version }) => version === name)?.began;
    return { count: began?.deployed ?? 0, of: began?.users ?? 0 };
  };
  expect(difference(deployed('0.21.1'), deployed('0.19.0'))?.low).toBeGreaterThan(0);
});

test('launch and outage are noted, as the maintainers would', () => {
  expect(demoNotes(NOW)).toEqual([
    { date: '2026-09-19', text: 'Receiver down' },
    { date: '2026-10-13', text: 'Launch' },
  ]);
});
