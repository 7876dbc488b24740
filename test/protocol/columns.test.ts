import { columnsOf, wrapColumns } from '../../src/protocol/columns.ts';

test('text breaks at spaces; a word that is longer than a line stays whole', () => {
  expect(wrapColumns('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrapColumns('see /a/very/long/path now', 8)).toEqual(['see', '/a/very/long/path', 'now']);
  expect(wrapColumns('', 8)).toEqual(['']);
});

test('nor is a path beyond ASCII broken, where it may be one', () => {
  expect(wrapColumns('in /home/josé/projects', 8, { keepWords: true })).toEqual([
    'in',
    '/home/josé/projects',
  ]);
  expect(wrapColumns('日本語の文章です', 6, { keepWords: true })).toEqual(['日本語の文章です']);
});

test('a character beyond ASCII takes the columns that a terminal gives it', () => {
  expect([...'a’é日ｱ한'].map(columnsOf)).toEqual([1, 1, 1, 2, 1, 2]);
  expect(columnsOf('e\u0301')).toBe(1);
  expect(wrapColumns('it’s that easy', 9)).toEqual(['it’s that', 'easy']);
});

test('what isn’t written with spaces breaks anywhere, never between a letter and its mark', () => {
  expect(wrapColumns('日本語の文章です', 6)).toEqual(['日本語', 'の文章', 'です']);
  expect(wrapColumns('a 日本語の文', 6)).toEqual(['a 日本', '語の文']);
  expect(wrapColumns('e\u0301'.repeat(5), 2)).toEqual(['e\u0301e\u0301', 'e\u0301e\u0301', 'e\u0301']);
});
