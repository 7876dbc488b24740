import { noted } from '../../../../src/collector/report/morning/noted.ts';

const week = { unit: 'week', label: '2026-11-16', labels: ['2026-11-09', '2026-11-16', '2026-11-23'] };
const told = (notes: Parameters<typeof noted>[1], unit: 'day' | 'week' = 'week') =>
  noted({ ...week, unit }, notes);

test('the notes of the last complete period are told, each with its day', () => {
  const notes = ['2026-11-15', '2026-11-16', '2026-11-22', '2026-11-23'].map((date) => ({
    date,
    text: `of ${date}`,
  }));
  expect(told(notes)).toBe(' Noted: of 2026-11-16 (16 Nov), of 2026-11-22 (22 Nov).');
  expect(told([])).toBe('');
});

test('of a day the day is known, and of many notes three are told', () => {
  const notes = ['a', 'b', 'c', 'd', 'e'].map((text) => ({ date: '2026-11-16', text }));
  expect(told(notes, 'day')).toBe(' Noted: a, b, c and 2 more.');
});
