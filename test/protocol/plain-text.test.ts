import { plainLine, plainLines } from '../../src/protocol/plain-text.ts';

test.each([
  ['colours', '\u001b[31mred\u001b[0m', 'red'],
  ['a title for the window', 'a\u001b]0;owned\u0007b', 'ab'],
  ['a link that leads elsewhere', '\u001b]8;;https://evil.example\u0007wasp.sh\u001b]8;;\u0007', 'wasp.sh'],
  ['an escape sequence in one byte', '\u009b2Jcleared', 'cleared'],
  ['carriage returns, backspaces, bells, null', 'a\rb\u0008c\u0007d\u0000', 'a bcd'],
  ['an escape sequence without an end', 'a\u001b]0;b', 'a;b'],
  ['bidi overrides and isolates', 'a\u202eb\u2066c\u2069d\u200fe\u061cf', 'abcdef'],
  ['zero-width characters', 'w\u200ba\u200cs\u200dp\u2060\ufeff', 'wasp'],
  ['tags, soft hyphens, fillers', 'a\u{e0041}b\u00adc\u3164d', 'abcd'],
  ['unpaired surrogates and private characters', 'a\ud800b\ue000c', 'abc'],
  ['line and paragraph separators', 'a\u2028b\u2029c', 'abc'],
  ['a tower of accents', `a${'\u0301'.repeat(50)}`, `a${'\u0301'.repeat(4)}`],
  ['exotic spaces', 'a\u00a0b\u3000c\u2003d', 'a b c d'],
])('of %s only the text is left', (_, text, plain) => {
  expect(plainLine(text)).toBe(plain);
  expect(plainLine(plain)).toBe(plain);
});

test('writing stays writing: accents, other alphabets, emoji', () => {
  for (const text of ['Grüße, naïve café', '日本語のテキスト', 'שלום עולם', 'हिन्दी', 'ภาษาไทย', 'bees 🐝']) {
    expect(plainLine(text)).toBe(text);
  }
});

test('lines stay lines, with at most one empty one between', () => {
  expect(plainLines('\n a\r\nb\n\n\n\n\nc\u001b[2J\n')).toBe('a\nb\n\nc');
});
