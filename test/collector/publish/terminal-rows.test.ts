import { terminalRows } from '../../../src/collector/publish/terminal-rows.ts';

test('a line that is longer than the terminal goes on in the next row', () => {
  expect(terminalRows('abcdef\nab\n', 3)).toBe('abc\ndef\nab\n');
  expect(terminalRows('abc\n', 3)).toBe('abc\n');
});

test('a character of two columns is not cut, and a mark stays on its letter', () => {
  expect(terminalRows('a日本', 2)).toBe('a\n日\n本');
  expect(terminalRows('abe\u0301', 3)).toBe('abe\u0301');
});

test('colours take no columns', () => {
  expect(terminalRows('\u001b[1;31mabcd\u001b[0m\n', 3)).toBe('\u001b[1;31mabc\nd\u001b[0m\n');
});
