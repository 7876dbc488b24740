/** What an operator can solve is told in a line; a stack would say nothing to them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { databasePath } from '../../../src/collector/data-directory.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cli } from '../../collector/support/cli.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/** A data directory whose database is what `content` says. */
function withDatabase(content: string): string {
  const directory = temporaryDirectory();
  writeFileSync(databasePath(directory), content);
  return directory;
}

function file(name: string, content: string | Buffer): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, content);
  return path;
}

function newerStore(): string {
  const directory = temporaryDirectory();
  openStore(directory).close();
  const database = new DatabaseSync(databasePath(directory));
  database.exec('PRAGMA user_version = 999');
  database.close();
  return directory;
}

function directoryInItsPlace(): string {
  const directory = temporaryDirectory();
  mkdirSync(databasePath(directory));
  return directory;
}

const garbage = 'this is no database, '.repeat(300);
const serve = (data: string, ...more: string[]) => [
  'serve',
  '--data',
  data,
  '--listen',
  '127.0.0.1:0',
  ...more,
];
const imported = (path: string) => ['import', path, '--data', temporaryDirectory()];

const failures: [string, () => string[], RegExp][] = [
  ['a backup without a name', () => ['backup', '', '--data', newStore()], /Name the file/],
  [
    'an export of no time',
    () => ['export', '--from', '2026-11-02', '--to', '2026-11-01', '--data', newStore()],
    /--from is not before --to/,
  ],
  [
    'a data directory that is a file',
    () => serve(file('x', '')),
    /Can't keep data in .*\/x: EEXIST.*Name a directory/,
  ],
  ['the same for a report', () => ['report', '--data', file('x', '')], /\/x is no directory/],
  ['a data directory that can’t be made', () => serve('/dev/null/x'), /ENOTDIR/],
  [
    'a database that is none',
    () => serve(withDatabase(garbage)),
    /collector\.db: file is not a database: .*restore a backup/,
  ],
  ['the same for a report', () => ['report', '--data', withDatabase(garbage)], /file is not a database/],
  ['the same for an export', () => ['export', '--data', withDatabase(garbage)], /file is not a database/],
  [
    'a database that is a directory',
    () => serve(directoryInItsPlace()),
    /unable to open database file|EISDIR/,
  ],
  ['a store of a newer collector', () => serve(newerStore()), /newer wasp-collector/],
  [
    'a certificate that is none',
    () => serve(temporaryDirectory(), '--tls-cert', file('c', 'x'), '--tls-key', file('k', 'x')),
    /Can't use the certificate/,
  ],
  ['an import of a directory', () => imported('/proc'), /\/proc is a directory/],
  [
    'gzip that is torn off',
    () => imported(file('x.gz', gzipSync('{}\n').subarray(0, 15))),
    /unexpected end of file/,
  ],
  [
    'gzip that is damaged',
    () => imported(file('x.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0]))),
    /unexpected end|header/,
  ],
  [
    'an import of an archive',
    () => imported(file('x.zip', 'PK\u0003\u0004\0\0')),
    /Can't read .*x\.zip: it is no text/,
  ],
  ['an import of a device', () => imported('/dev/zero'), /Can't read \/dev\/zero: it is no text/],
  ['a CSV that is none', () => imported(file('x.csv', 'a,b\n"x\n')), /[Qq]uote/],
  [
    'an output that can’t be written',
    () => ['export', '--data', newStore(), '--output', '/proc/x'],
    /ENOENT|EACCES/,
  ],
  ['a backup into nowhere', () => ['backup', '/proc/x/y.db', '--data', newStore()], /unable to open|ENOENT/],
  [
    'ids to exclude that can’t be read',
    () => ['report', '--data', newStore(), '--exclude-file', '/proc'],
    /from \/proc: EISDIR/,
  ],
  [
    'ids to forget that can’t be read',
    () => ['forget', '--data', newStore(), '--file', '/proc'],
    /from \/proc: EISDIR/,
  ],
  ['a note in a mistyped directory', () => ['note', '2026-11-07', 'x', '--data', '/nowhere'], /\/nowhere/],
];

function newStore(): string {
  const directory = temporaryDirectory();
  openStore(directory).close();
  return directory;
}

test.each(failures)('%s is told in a line, without a stack', async (_what, args, message) => {
  const { code, stderr } = await cli(args());
  expect([code, stderr.trim().split('\n')]).toEqual([1, [expect.stringMatching(/^wasp-collector: /)]]);
  expect(stderr).toMatch(message);
});

test('--version says which collector it is', async () => {
  expect(await cli(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});
