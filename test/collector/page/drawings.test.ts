import type { Drawing } from '../../../src/collector/charts/drawing.ts';
import type { Note } from '../../../src/collector/notes.ts';
import { drawingsOf } from '../../../src/collector/page/drawings.ts';
import { report } from '../../../src/collector/report/report.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { event } from '../support/events.ts';

/** A Wednesday. */
const NOW = Date.UTC(2026, 10, 18, 12);
const DAY = 24 * 3_600_000;

/** Of a store with one report of each user and version, so many days before {@link NOW}. */
function drawn(
  events: readonly { ago: number; version?: string; users?: number }[],
  notes: readonly Note[] = [],
): Drawing[] {
  const store = openStore(temporaryDirectory());
  store.insert(
    events.flatMap(({ ago, version = '0.20.0', users = 1 }, index) =>
      Array.from({ length: users }, (_, user) =>
        event({ distinctId: `${index} ${user}`, receivedAt: NOW - ago * DAY, version }),
      ),
    ),
  );
  const options = { unit: 'week', count: 6, timeZone: 'UTC', environment: 'local', now: NOW } as const;
  const answer = report(store.activity(), { ...options, exclude: [], burstMinimum: null });
  store.close();
  return drawingsOf(answer, notes).map(({ drawing }) => drawing);
}

test('nothing before the first report is drawn as 0, and what follows it is, also where nothing came', () => {
  for (const { series, labels, title } of drawn([{ ago: 18 }])) {
    expect(labels).toHaveLength(7);
    for (const { values } of series) {
      expect([title, values.map((value) => value === null)]).toEqual([
        title,
        [true, true, true, false, false, false, false],
      ]);
    }
  }
});

test('the period that isn’t over is the last one, and marked as such', () => {
  const [first] = drawn([{ ago: 18 }, { ago: 1 }]);
  expect(first?.isLastIncomplete).toBe(true);
  expect(first?.labels.at(-1)).toBe('2026-11-16');
});

test('releases are marked at the first report of a version, but not those that were there at the beginning', () => {
  const [first] = drawn([
    { ago: 32, version: '0.20.0', users: 50 },
    { ago: 31, version: '0.20.1', users: 50 },
    { ago: 11, version: '0.21.0', users: 50 },
    { ago: 1, version: '0.22.0', users: 50 },
  ]);
  expect(first?.marks).toEqual([
    { at: 4, date: '2026-11-07', text: '0.21.0' },
    { at: 6, date: '2026-11-17', text: '0.22.0' },
  ]);
});

test('a version that hardly anybody uses, or that is none, isn’t marked', () => {
  const [first] = drawn([
    { ago: 32, version: '0.20.0', users: 300 },
    { ago: 11, version: '9.9.9' },
    { ago: 1, version: '9.9.10' },
    { ago: 11, version: 'my own', users: 50 },
  ]);
  expect(first?.marks).toEqual([]);
});

test('notes are marked in the period of their day, in the order of time, and others are left out', () => {
  const notes = [
    { date: '2026-11-15', text: 'Sunday' },
    { date: '2026-11-16', text: 'Monday' },
    { date: '2026-10-04', text: 'before' },
    { date: '2026-11-23', text: 'after' },
  ];
  const [first] = drawn([{ ago: 32 }], notes);
  expect(first?.marks).toEqual([
    { at: 5, date: '2026-11-15', text: 'Sunday' },
    { at: 6, date: '2026-11-16', text: 'Monday' },
  ]);
});
