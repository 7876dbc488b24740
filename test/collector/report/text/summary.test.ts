import { COLUMNS, type Matrix } from '../../../../src/collector/report/morning/matrix.ts';
import { type Report, report } from '../../../../src/collector/report/report.ts';
import { sparkline } from '../../../../src/collector/report/text/sparkline.ts';
import { summaryText } from '../../../../src/collector/report/text/summary.ts';
import { openStore } from '../../../../src/collector/store/open-store.ts';
import { columnsOf } from '../../../../src/protocol/columns.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';
import { event } from '../../support/events.ts';
import { NOW, randomEvents } from '../support/random-events.ts';

const store = openStore(temporaryDirectory());
store.insert(randomEvents(1));
const activity = store.activity();
store.close();

function summaryOf(unit: 'day' | 'week' | 'month', now = NOW): Report {
  return report(
    activity,
    { unit, count: 14, timeZone: 'UTC', environment: 'local', now, exclude: [], burstMinimum: 20 },
    ['morning'],
  );
}

/** With numbers as long as they come. */
function enlarged(answer: Report, factor: number): Report {
  const times = <T extends number | null>(value: T) => (value === null ? null : Math.round(value * factor));
  const matrix = answer.figures.morning?.matrix as Matrix;
  const columns = matrix.columns.map((column) => ({
    ...column,
    count: times(column.count ?? 1),
    often: times(column.often ?? 1),
    before: times(column.before ?? 1),
    pace: times(column.pace ?? 1),
    usual: { median: 1, low: 1, high: 1 },
    series: column.series.map(times),
  }));
  const large = { ...matrix, columns };
  return { ...answer, figures: { morning: { matrix: large, yesterday: large } } };
}

const answers: [string, Report][] = [
  ['days', summaryOf('day')],
  ['weeks', summaryOf('week')],
  ['months', summaryOf('month')],
  ['everything unusual and in thousands', enlarged(summaryOf('day'), 1234)],
  ['millions', enlarged(summaryOf('week'), 1_234_567)],
];

describe.each(answers)('%s', (_, answer) => {
  test.each([40, 41, 50, 60, 79, 80, 81, 100, 200])(
    'at %i columns: at most 15 lines, none wider',
    (width) => {
      const lines = summaryText(answer, width).trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(15);
      expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
      const text = lines.join('\n');
      for (const name of COLUMNS) expect(text).toContain(name);
      expect(text).toMatch(/users/);
      expect(text).toMatch(/usual/);
    },
  );
});

test.each([80, 40])(
  'on the first day, at %i columns, it has the numbers so far and no rows of dashes',
  (width) => {
    const first = openStore(temporaryDirectory());
    first.insert([event({ receivedAt: NOW - 60_000 })]);
    const options = { unit: 'day', count: 14, timeZone: 'UTC', environment: 'local' } as const;
    const answer = report(first.activity(), { ...options, now: NOW, exclude: [], burstMinimum: 20 }, [
      'morning',
    ]);
    first.close();
    const text = summaryText(answer, width);
    expect(text.replaceAll('\n', ' ')).toMatch(/^The first report came today; 1 active so far/);
    expect(text).toMatch(width === 80 ? /^so far +0 +1 +0 +0 +1$/m : /^used +1$/m);
    expect(text).toContain(new Date(NOW).toISOString().slice(width === 80 ? 0 : 5, 10));
    expect(text).not.toMatch(/[–▁█]/);
  },
);

test('of the users of a day it is not said on how many days each was active', () => {
  expect(summaryText(summaryOf('day'), 80)).not.toMatch(/\d d each/);
  expect(summaryText(summaryOf('week'), 80)).toMatch(/\d d each/);
});

test('what was noted about the period is told, unless the numbers have no room then', () => {
  const answer = summaryOf('day');
  const { label = '', labels = [] } = answer.figures.morning?.yesterday ?? {};
  const told = (text: string, date: string, width = 80) =>
    summaryText(answer, width, undefined, [{ date, text }]).split('\n\n')[0]?.replaceAll('\n', ' ');
  expect(told('Launch', label)).toMatch(/\. Noted: Launch\.$/);
  expect(told('Launch', labels.at(-1) as string)).not.toContain('Noted');
  expect(told('Launch', labels.at(-3) as string)).not.toContain('Noted');
  const many = Array.from({ length: 3 }, (_, index) => ({
    date: label,
    text: `${index} ${'word '.repeat(15)}`.trim(),
  }));
  const lines = summaryText(answer, 40, undefined, many).trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(15);
});

test('it has a line of bars for each column, the period so far apart', () => {
  const text = summaryText(summaryOf('week'), 80);
  expect(text).toMatch(/^weeks( +[▁▂▃▄▅▆▇█]+·[▁▂▃▄▅▆▇█]){5}$/m);
  expect(summaryText(summaryOf('week'), 40)).toMatch(/^used .*[▁▂▃▄▅▆▇█]+·[▁▂▃▄▅▆▇█]$/m);
});

test.each([80, 100, 120])(
  'at %i columns each question has as many bars, and the wider it is the more',
  (width) => {
    const bars = summaryText(summaryOf('day'), width).match(/[▁▂▃▄▅▆▇█ ]+·[▁▂▃▄▅▆▇█]/g) ?? [];
    const lengths = bars.map((text) => text.trim().length);
    expect(new Set(lengths).size).toBe(1);
    expect(lengths[0]).toBeGreaterThanOrEqual(Math.min(16, (width - 13) / 5 - 4));
  },
);

test('what a period comes to gets a line of its own before the columns are given up', () => {
  const large = enlarged(summaryOf('day'), 1234);
  expect(summaryText(large, 100)).toMatch(/^so far .* → /m);
  expect(summaryText(large, 80)).toMatch(/^so far [^→]*\nat this pace /m);
});

test('the sentence stands out, and nothing else', () => {
  const text = summaryText(summaryOf('day'), 80, (line) => `<${line}>`);
  expect(text.split('\n').filter((line) => line.startsWith('<')).length).toBeGreaterThan(0);
  expect(text.split('\n\n')[1]).not.toContain('<');
});

test('before the first report it says what to do', () => {
  const early = summaryText(summaryOf('day', Date.UTC(2000, 0, 1)), 80);
  expect(early).toBe(
    'No reports yet.\nwasp-collector serve receives them; demo-data fills an empty store to look at.\n',
  );
});

test('bars go from 0 to the highest, and a gap is blank', () => {
  expect(sparkline([0, 1, 2, 7, 14, 3], 20)).toBe('▁▂▂▅█·▃');
  expect(sparkline([null, null, 5, 5], 20)).toBe('  █·█');
  expect(sparkline([0, 0, 0], 20)).toBe('▁▁·▁');
  expect(sparkline([9, 9, 9, 1, 2, 3, 4], 4)).toBe('▅▆·█');
});
