import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OperatorError } from '../../../src/collector/errors.ts';
import { draftsPath, readDrafts } from '../../../src/collector/publish/drafts.ts';
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
