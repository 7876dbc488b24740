import type { Table } from '../../../../src/collector/report/table.ts';
import { tableText } from '../../../../src/collector/report/text/table-text.ts';

const table: Table = {
  ...{ id: 'x', title: 'Some table', definition: 'What it counts, told at some length.', charts: [] },
  columns: ['week', 'users', 'built', 'nothing'],
  rows: [
    ['2026-01-05', null, null, null],
    ['2026-01-12', 1234567, { count: 1855, of: 2000 }, null],
    ['2026-01-19', 0, { count: 0, of: 0 }, null],
  ],
  soFar: ['2026-01-26', 12, null, null],
};

test('numbers are written in one way, and what is not known is left out', () => {
  expect(tableText(table, 100)).toBe(
    [
      'SOME TABLE',
      'What it counts, told at some length.',
      '',
      'week            users         built',
      '2026-01-12  1,234,567  1,855 (93 %)',
      '2026-01-19          0         0 (–)',
      'so far             12',
    ].join('\n'),
  );
});

test('what is wider than the terminal is folded, each part with its rows’ names', () => {
  const text = tableText(table, 24);
  expect(text.split('\n').filter((line) => line.length > 24)).toEqual([]);
  expect(text.match(/^2026-01-12/gm)).toHaveLength(2);
});
