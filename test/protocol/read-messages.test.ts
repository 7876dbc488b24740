import { readFileSync } from 'node:fs';
import { path } from '../../scripts/paths.ts';
import { LIMITS } from '../../src/protocol/messages.ts';
import { readDocument, readMessage, readSigned } from '../../src/protocol/read-messages.ts';

const VALID = {
  id: 'wasp-0.26.0',
  level: 'info',
  title: 'Wasp 0.26.0 is out',
  body: 'Two lines\nof text.',
  publishedAt: '2026-11-22T10:00:00Z',
  expiresAt: '2027-11-22T10:00:00.123Z',
  affects: '<0.26.0 || ^0.26.1-rc',
  url: 'https://wasp.sh/blog',
};
const DOCUMENT = {
  format: 'wasp-messages-1',
  serial: 7,
  issuedAt: '2026-11-22T10:00:00Z',
  expiresAt: '2027-02-22T10:00:00Z',
  messages: [VALID],
};
const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

test('a valid document is read as it is, less what is not known here', () => {
  const more = { ...DOCUMENT, mood: 'good', messages: [{ ...VALID, command: 'rm -rf /' }] };
  expect(readDocument(bytes(more))).toEqual({ document: DOCUMENT, notes: [] });
});

test.each<[string, object, string]>([
  ['an id that is a path', { id: '../../x' }, 'its id'],
  ['an id in upper case', { id: 'Wasp' }, 'its id'],
  ['a long id', { id: 'a'.repeat(65) }, 'its id'],
  ['an unknown level', { level: 'urgent' }, 'its level'],
  ['a level of another type', { level: ['critical'] }, 'its level'],
  ['no title', { title: '' }, 'its title'],
  ['a title of nothing that can be seen', { title: '\u200b\u202e' }, 'its title'],
  ['a title of braille blanks', { title: '\u2800\u2800' }, 'its title'],
  ['a title of fillers', { title: '\u3164\u115f\uffa0' }, 'its title'],
  ['a title of marks without letters', { title: '\u0301 \u0308' }, 'its title has nothing that can be seen'],
  ['a title of 61 characters', { title: 'a'.repeat(61) }, 'its title'],
  ['a body that is no text', { body: null }, 'its title and body'],
  ['a long body', { body: 'a'.repeat(801) }, 'its body'],
  ['a body of many lines', { body: `${'a\n'.repeat(10)}a` }, 'its body'],
  ['no publishing time', { publishedAt: undefined }, 'its publishing time'],
  ['a time without a zone', { publishedAt: '2026-11-22T10:00:00' }, 'its publishing time'],
  ['an expiry that is no time', { expiresAt: 'soon' }, 'its expiry'],
  ['versions that are no range', { affects: 'newer' }, 'the versions'],
  ['a range with an escape sequence', { affects: '\u001b[2J<1.0.0' }, 'the versions'],
  ['an http address', { url: 'http://wasp.sh' }, 'its url'],
  ['a script', { url: 'javascript:alert(1)' }, 'its url'],
  ['an address with a user name', { url: 'https://wasp.sh@evil.example' }, 'its url'],
  ['a long address', { url: `https://wasp.sh/${'a'.repeat(200)}` }, 'its url'],
])('%s drops that message alone', (_, change, reason) => {
  const other = { ...VALID, id: 'other' };
  const read = readDocument(bytes({ ...DOCUMENT, messages: [{ ...VALID, ...change }, other] }));
  expect(read).toEqual({
    document: { ...DOCUMENT, messages: [other] },
    notes: [expect.stringContaining(`message number 1 was dropped: ${reason}`)],
  });
});

test('a message that is no object is dropped alone, as is one that is there twice', () => {
  const read = readDocument(bytes({ ...DOCUMENT, messages: [null, 'text', [], VALID, VALID] }));
  expect(read).toMatchObject({ document: { messages: [VALID] }, notes: { length: 4 } });
});

test('texts with escape sequences are cleaned, and that is noted', () => {
  const laden = { ...VALID, title: '\u001b[31mred\u202e', body: 'a\u001b]0;x\u0007\nb' };
  expect(readDocument(bytes({ ...DOCUMENT, messages: [laden] }))).toMatchObject({
    document: { messages: [{ title: 'red', body: 'a\nb' }] },
    notes: [expect.stringContaining('they were removed')],
  });
});

test('the name of a host is shown as what it is', () => {
  const read = readMessage({ ...VALID, url: 'https://w\u0430sp.sh/' });
  expect(read).toMatchObject({ message: { url: 'https://xn--wsp-6cd.sh/' } });
});

test.each<[string, unknown, string]>([
  ['no JSON', '{"format":', 'not a JSON object'],
  ['a list', [], 'not a JSON object'],
  ['another format', { ...DOCUMENT, format: 'wasp-messages-2' }, 'its format'],
  ['no serial number', { ...DOCUMENT, serial: undefined }, 'its serial number'],
  ['a serial number that can’t be counted', { ...DOCUMENT, serial: 2 ** 53 }, 'its serial number'],
  ['no issue time', { ...DOCUMENT, issuedAt: 1 }, 'its issue time'],
  ['no expiry', { ...DOCUMENT, expiresAt: undefined }, 'its expiry'],
  ['no list', { ...DOCUMENT, messages: {} }, 'not a list'],
  ['too many messages', { ...DOCUMENT, messages: Array(33).fill(VALID) }, 'more than 32'],
  ['too many bytes', { ...DOCUMENT, padding: 'a'.repeat(41_000) }, 'larger than 40960 bytes'],
])('a document with %s is refused', (_, value, reason) => {
  expect(readDocument(bytes(value))).toEqual({ wrong: expect.stringContaining(reason) });
});

test.each(['{"status":1}', '1', '', 'OK', '[]', '{"status":1,"messa'])(
  'the answer %j holds no messages',
  (answer) => {
    expect(readSigned(answer)).toBeUndefined();
  },
);

test('messages without a signature, or of another type, are wrong', () => {
  expect(readSigned('{"messages":"e30="}')).toHaveProperty('wrong');
  expect(readSigned('{"messages":[],"signature":"x"}')).toHaveProperty('wrong');
});

test('docs/messages.md names the limits that the code has', () => {
  const page = readFileSync(path('docs/messages.md'), 'utf8').replaceAll(/\s+/g, ' ');
  const { documentBytes, messages, title, body, bodyLines, url } = LIMITS;
  expect(page).toContain(`JSON of at most ${documentBytes / 1024} KiB`);
  expect(page).toContain(`${messages} messages; `);
  expect(page).toContain(`\`title\` ${title} characters; \`body\` ${body} characters and ${bodyLines} lines`);
  expect(page).toContain(`\`url\` https, ${url} characters`);
});
