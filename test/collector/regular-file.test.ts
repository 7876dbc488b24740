/** What may stand in place of the files that a collector keeps beside its database. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readMark } from '../../src/collector/clickhouse/mark.ts';
import { readPosted } from '../../src/collector/digest/posted.ts';
import { readNotes } from '../../src/collector/notes.ts';
import { shareLinks } from '../../src/collector/page/share-links.ts';
import { pageToken } from '../../src/collector/page/token.ts';
import { publishedDocument } from '../../src/collector/publish/document.ts';
import { readDrafts } from '../../src/collector/publish/drafts.ts';
import { publishedMessages } from '../../src/collector/publish/published.ts';
import { readDataFile, readRegularFile } from '../../src/collector/regular-file.ts';
import { readKeptFiles } from '../../src/collector/store/kept-files.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const KINDS: Record<string, (file: string) => void> = {
  'a named pipe': (file) => execFileSync('mkfifo', [file]),
  'a directory': (file) => mkdirSync(file),
  'a link to a device': (file) => symlinkSync('/dev/zero', file),
  'a link to itself': (file) => symlinkSync(file, file),
};

const READERS: [file: string, read: (directory: string) => unknown][] = [
  ['notes.json', readNotes],
  ['digests.json', readPosted],
  ['page-token', (directory) => pageToken(directory, undefined)],
  ['messages/drafts.json', readDrafts],
  ['messages/signed.json', (directory) => publishedDocument(directory)],
  ['shipping/mark.json', (directory) => readMark(join(directory, 'shipping/mark.json'))],
];

const cases = Object.entries(KINDS).flatMap(([kind, make]) =>
  READERS.map(([file, read]) => ({ kind, make, file, read })),
);

function directoryWith(file: string, make: (file: string) => void): string {
  const directory = temporaryDirectory();
  mkdirSync(dirname(join(directory, file)), { recursive: true });
  make(join(directory, file));
  return directory;
}

test.each(cases)('$kind in place of $file is named, and not waited for', ({ make, file, read }) => {
  const directory = directoryWith(file, make);
  expect(() => read(directory)).toThrow(expect.objectContaining({ name: 'OperatorError' }));
  expect(() => read(directory)).toThrow(join(directory, file));
});

test.each(Object.entries(KINDS))('%s in place of shared links opens nothing', (_kind, make) => {
  const links = shareLinks(directoryWith('page-shares.json', make), Date.now);
  expect(links.list()).toEqual([]);
  expect(links.isOpen('secret')).toBe(false);
});

test.each(Object.entries(KINDS))(
  'with %s in place of the signed file nothing is published',
  (_kind, make) => {
    const lines: string[] = [];
    const published = publishedMessages(directoryWith('messages/signed.json', make), (line) =>
      lines.push(line),
    );
    expect(published()).toBeUndefined();
    expect(lines.join()).toContain('signed.json');
  },
);

test('a backup that a named pipe is in the way of says so', () => {
  const directory = directoryWith('notes.json', KINDS['a named pipe'] as (file: string) => void);
  expect(() => readKeptFiles(directory)).toThrow(/notes\.json is not a file/);
});

test('a file is read whole, one that is not there is none, and one that is too large is not read', () => {
  expect(readDataFile(import.meta.filename)?.toString()).toContain('read whole');
  expect(readDataFile(join(temporaryDirectory(), 'none'))).toBeUndefined();
  expect(() => readRegularFile(import.meta.filename, 100)).toThrow('is too large');
});
