import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageToken } from '../../../src/collector/page/token.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

test('the token is made once, and only its owner can read it', () => {
  const directory = temporaryDirectory();
  const { token, file } = pageToken(directory, undefined);
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(file).toBe(join(directory, 'page-token'));
  expect(readFileSync(file as string, 'utf8')).toBe(`${token}\n`);
  expect(statSync(file as string).mode & 0o777).toBe(0o600);
  expect(pageToken(directory, undefined).token).toBe(token);
  expect(pageToken(temporaryDirectory(), undefined).token).not.toBe(token);
});

test('a given token goes before the file, and makes none', () => {
  const directory = temporaryDirectory();
  expect(pageToken(directory, 'a given token, long enough')).toEqual({ token: 'a given token, long enough' });
  expect(() => statSync(join(directory, 'page-token'))).toThrow('ENOENT');
});

test('a token that could be guessed is refused', () => {
  const directory = temporaryDirectory();
  expect(() => pageToken(directory, 'short')).toThrow('shorter than 16 characters');
  writeFileSync(join(directory, 'page-token'), '\n');
  expect(() => pageToken(directory, undefined)).toThrow('shorter than 16 characters');
});
