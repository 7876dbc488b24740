import { type Report, type ReportOptions, report } from '../../../src/collector/report/report.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { NOW, randomEvents } from './support/random-events.ts';
import type { Question } from './support/recount/calendar.ts';
import { rawEvents } from './support/recount/events.ts';
import { recount } from './support/recount/recount.ts';

const defaults = { burstMinimum: 20, exclude: ['person-3', 'person-11', 'nobody'], now: NOW };

const questions: Omit<Question, keyof typeof defaults>[] = [
  { unit: 'week', count: 12, timeZone: 'UTC', environment: 'local' },
  // Clocks went forward on 31 March, and back on 29 October.
  { unit: 'day', count: 60, timeZone: 'Europe/Zagreb', environment: 'local' },
  { unit: 'week', count: 30, timeZone: 'America/New_York', environment: 'all' },
  // Always 5 h 45 min ahead.
  { unit: 'day', count: 40, timeZone: 'Asia/Kathmandu', environment: 'local' },
  // Summer time is half an hour here.
  { unit: 'day', count: 50, timeZone: 'Australia/Lord_Howe', environment: 'all' },
  { unit: 'month', count: 6, timeZone: 'Pacific/Chatham', environment: 'gitpod' },
  // 26 April began at one o'clock.
  { unit: 'day', count: 25, timeZone: 'Africa/Cairo', environment: 'local' },
  { unit: 'month', count: 3, timeZone: 'America/St_Johns', environment: 'ci' },
  { unit: 'week', count: 6, timeZone: 'Asia/Kolkata', environment: 'codespaces' },
  // More periods than there is data.
  { unit: 'month', count: 12, timeZone: 'UTC', environment: 'replit' },
];

/** The parts of a report that are figures. */
function figures({ leftOut, figures }: Report) {
  return { burstPersons: leftOut.burstPersons, ...figures };
}

describe.each([1, 2, 3])('on random events, seed %i,', (seed) => {
  const store = openStore(temporaryDirectory());
  const events = randomEvents(seed);
  // Received in three parts with a report after each, so that rollups are continued and not made at once.
  for (const part of [0, 1, 2]) {
    store.insert(events.filter((_, index) => index % 3 === part));
    store.activity();
  }
  const raw = rawEvents(store);
  const activity = store.activity();
  afterAll(() => store.close());

  test('there is something to get wrong', () => {
    const result = recount(raw, { ...defaults, ...(questions[0] as (typeof questions)[number]) });
    expect(result.burstPersons).toBeGreaterThan(20);
    expect(result.totals.every(({ users, projectsDeployed }) => users > 20 && projectsDeployed > 0)).toBe(
      true,
    );
    const ages = [0, 1, 2, 3].map((age) =>
      result['active-users'].reduce((sum, row) => sum + (row.byAge[age] ?? 0), 0),
    );
    expect(ages.every((users) => users > 0)).toBe(true);
    const compared = result.effect.filter(({ began, before }) => began.users > 1 && before.users > 1);
    expect(compared.length).toBeGreaterThan(2);
    expect(compared.some(({ began, before }) => began.returned + before.built > 0)).toBe(true);
    expect(result.morning.matrix.columns.map(({ usual }) => usual?.high)).not.toContain(0);
  });

  test.each(questions)(
    'the report equals the recount: $unit × $count, $timeZone, $environment',
    (question) => {
      const options = { ...defaults, ...question };
      expect(figures(report(activity, options as ReportOptions))).toEqual(recount(raw, options));
    },
  );

  test('the report equals the recount without any filter', () => {
    const question: Question = {
      unit: 'week',
      count: 8,
      timeZone: 'UTC',
      environment: 'local',
      now: NOW,
      exclude: [],
      burstMinimum: null,
    };
    expect(figures(report(activity, question as ReportOptions))).toEqual(recount(raw, question));
  });
});
