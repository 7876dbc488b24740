import { COLUMNS, type Column, type Matrix } from '../../../../src/collector/report/morning/matrix.ts';
import { sentence } from '../../../../src/collector/report/morning/sentence.ts';

function column(name: Column['name'], overrides: Partial<Column> = {}): Column {
  const usual = { median: 40, low: 30, high: 50 };
  return { name, count: 40, often: 80, before: 38, usual, series: [38, 40, 7], pace: 41, ...overrides };
}

function matrix(overrides: Partial<Matrix> = {}, changed: Record<string, Partial<Column>> = {}): Matrix {
  return {
    ...{ unit: 'day', label: '2026-11-23', like: 'Monday', timeZone: 'UTC', labels: [] },
    ...{ now: Date.UTC(2026, 10, 24, 7), since: Date.UTC(2026, 0, 1) },
    columns: COLUMNS.map((name) => column(name, changed[name])),
    ...overrides,
  };
}

test('a usual day', () => {
  expect(sentence(matrix({}, { used: { count: 42 }, projects: { count: 37 } }))).toBe(
    '42 active yesterday, 5 % above a usual Monday; 37 new projects; nothing unusual.',
  );
});

test('exactly as usual, one new project, thousands', () => {
  const usual = { median: 4200, low: 4000, high: 4300 };
  const changed = { used: { count: 4200, usual }, projects: { count: 1, usual: null } };
  expect(sentence(matrix({}, changed))).toBe(
    '4,200 active yesterday, as on a usual Monday; 1 new project; nothing unusual.',
  );
});

test('what is outside its range, and by more than chance, is said with the range', () => {
  const changed = { deployed: { count: 95 }, projects: { count: 12 }, built: { count: 51 } };
  expect(sentence(matrix({}, changed))).toBe(
    '40 active yesterday, as on a usual Monday; 12 new projects (usually 30 to 50); 95 deployed (usually 30 to 50).',
  );
});

test('what is outside its range by chance has no word, but nothing is not said of it', () => {
  expect(sentence(matrix({}, { built: { count: 51 } }))).toBe(
    '40 active yesterday, as on a usual Monday; 40 new projects; nothing far from usual.',
  );
});

test('a day without a report is unusual, and no division by zero', () => {
  const none = { count: 0, often: 0 };
  const zero = { count: 9, usual: { median: 0, low: 0, high: 0 } };
  expect(sentence(matrix({}, { used: none, deployed: zero }))).toBe(
    '0 active yesterday, 100 % below a usual Monday (usually 30 to 50); 40 new projects; 9 deployed (usually 0).',
  );
});

test('after weeks without a report, none is not called usual', () => {
  const usual = { median: 0, low: 0, high: 0 };
  const none = { ...{ count: 0, often: 0, before: 0, usual }, series: [null, 0, 0, 0, 5], pace: null };
  const all = Object.fromEntries(COLUMNS.map((name) => [name, none]));
  expect(sentence(matrix({}, all))).toBe('No reports from yesterday, nor from the 2 days before it.');
  expect(sentence(matrix({ unit: 'week', like: 'week' }, all))).toBe(
    'No reports from last week, nor from the 2 weeks before it.',
  );
  expect(sentence(matrix({}, { ...all, installed: { ...none, series: [3, 1, 0, 0, 5] } }))).toBe(
    'No reports from yesterday, nor from the day before it.',
  );
  expect(sentence(matrix({}, { ...all, installed: { ...none, series: [0, 0, 1, 0, 5] } }))).toBe(
    '0 active yesterday; 0 new projects; nothing unusual.',
  );
  const missed = { ...none, usual: { median: 40, low: 30, high: 50 } };
  expect(sentence(matrix({}, { ...all, used: missed }))).toMatch(/^0 active yesterday, 100 % below/);
});

test('weeks and months speak of themselves', () => {
  expect(sentence(matrix({ unit: 'week', like: 'week' }, { used: { count: 38 } }))).toBe(
    '38 active last week, 5 % below a usual week; 40 new projects; nothing unusual.',
  );
  expect(sentence(matrix({ unit: 'month', like: 'month' }))).toContain(
    'active last month, as in a usual month',
  );
});

test('the first weeks, the first day, and before', () => {
  const early = Object.fromEntries(COLUMNS.map((name) => [name, { usual: null }]));
  expect(sentence(matrix({}, early))).toBe(
    '40 active yesterday; 40 new projects; too few days yet to say what is usual.',
  );
  const first = Object.fromEntries(
    COLUMNS.map((name) => [name, { usual: null, count: null, series: [null, 1] }]),
  );
  expect(sentence(matrix({}, first))).toBe(
    'The first report came today; 1 active so far, and nothing to compare with yet.',
  );
  expect(sentence(matrix({ since: null }, first))).toBe('No reports yet.');
});
