import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OperatorError } from '../../../src/collector/errors.ts';
import { checkedMessage, draftsPath, readDrafts } from '../../../src/collector/publish/drafts.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

test.each([
  [null],
  [{ serial: 1 }],
  [{ serial: 1, messages: [null], withdrawn: [] }],
  [{ serial: 1, messages: [{ id: 'x' }], withdrawn: [] }],
  [{ serial: 1, messages: [], withdrawn: [null] }],
  [{ serial: 1, messages: [], withdrawn: ['x'] }],
  [{ serial: 1, messages: [], withdrawn: [{ id: 'x', at: '2026-11-22T10:00:00.000Z' }] }],
])('drafts that a hand has spoilt are named: %j', (content) => {
  const directory = temporaryDirectory();
  const file = draftsPath(directory);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
  expect(() => readDrafts(directory)).toThrow(OperatorError);
  expect(() => readDrafts(directory)).toThrow(file);
});

test.each([
  ['an emoji in its coloured form', { title: 'Update now ⚠\ufe0f' }, ': U+FE0F after "Update now ⚠".'],
  ['a space that does not break', { body: 'Prix\u00a0: 3' }, ': U+00A0 after "Prix".'],
  ['a space at the end', { title: 'Update now ' }, ': U+0020 after "Update now".'],
  ['an escape sequence', { title: '\u001b[31mred' }, ': U+001B at the beginning of the title.'],
  ['a character beyond the basic plane', { body: 'a\u{e0041}b' }, ': U+E0041 after "a".'],
])('what does not belong in a message is named: %s', (_, texts, expected) => {
  const message = { id: 'a', level: 'info', title: 'A', body: '', publishedAt: '2026-11-22T10:00:00.000Z' };
  expect(() => checkedMessage({ ...message, ...texts })).toThrow(expected);
});
