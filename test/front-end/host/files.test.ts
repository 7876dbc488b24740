import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { files } from '../../../src/front-end/host/files.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { testAsRoot } from '../../support/where-possible.ts';

describe('reading', () => {
  test('gives the text of a file, and undefined where nothing is', () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'file'), 'grüße');
    expect(files.read(join(folder, 'file'))).toBe('grüße');
    expect(files.read(join(folder, 'no', 'such', 'file'))).toBeUndefined();
  });

  test('follows a link to a file', () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'file'), 'text');
    symlinkSync('file', join(folder, 'link'));
    expect(files.read(join(folder, 'link'))).toBe('text');
  });

  test('reads files of /proc, which say that they are empty', () => {
    expect(files.read('/proc/self/environ')).not.toBe('');
  });

  test.each<[string, RegExp, (place: string) => void]>([
    ['a named pipe', /named pipe/, (place) => execFileSync('mkfifo', [place])],
    ['a device', /device/, (place) => symlinkSync('/dev/zero', place)],
    ['a directory', /directory/, (place) => mkdirSync(place)],
    ['a link to nowhere', /link to nowhere/, (place) => symlinkSync('nowhere', place)],
    ['a link to itself', /link to itself/, (place) => symlinkSync(place, place)],
    ['a gigabyte', /larger than/, (place) => execFileSync('truncate', ['-s', '1G', place])],
  ])('refuses %s at once, whether all or the start is asked for', (_, why, make) => {
    const place = join(temporaryDirectory(), 'place');
    make(place);
    expect(() => files.read(place)).toThrow(why);
    if (!/larger/.test(String(why))) expect(() => files.readStart(place, 8)).toThrow();
  });

  test.each<[string, RegExp, (place: string) => void]>([
    ['a file', /is a file, not a directory/, (place) => writeFileSync(place, '')],
    ['a link to nowhere', /link to nowhere/, (place) => symlinkSync('nowhere', place)],
    ['a named pipe', /named pipe, not a directory/, (place) => execFileSync('mkfifo', [place])],
  ])('does not take %s where a directory should be for "never written"', (_, why, make) => {
    const place = join(temporaryDirectory(), 'place');
    make(place);
    expect(() => files.read(join(place, 'deep', 'file'))).toThrow(why);
  });

  test('holds to the limit that it is given', () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '12345');
    expect(files.read(file, 5)).toBe('12345');
    expect(() => files.read(file, 4)).toThrow('larger than the 4 bytes');
    // Says that it is empty, and has more than that.
    expect(() => files.read('/proc/cpuinfo', 4)).toThrow('larger than the 4 bytes');
  });
});

describe('writing', () => {
  test.each([0, 0o477, 0o777])('makes folders and files for this user alone under the umask %p', (umask) => {
    const folder = temporaryDirectory();
    const before = process.umask(umask);
    try {
      files.replace(join(folder, 'a', 'b', 'file'), 'text');
      files.create(join(folder, 'a', 'c', 'file'), 'text');
    } finally {
      // What the command's own files are made with has to stay as it was.
      expect(process.umask(before)).toBe(umask);
    }
    const mode = (...names: string[]) => statSync(join(folder, ...names)).mode & 0o777;
    expect([mode('a'), mode('a', 'b'), mode('a', 'c')]).toEqual([0o700, 0o700, 0o700]);
    expect([mode('a', 'b', 'file'), mode('a', 'c', 'file')]).toEqual([0o600, 0o600]);
  });

  testAsRoot('leaves nothing of root’s in a folder of another user, and says why', () => {
    const folder = temporaryDirectory();
    chownSync(folder, 65534, 65534);
    const file = join(folder, 'deep', 'file');
    expect(() => files.replace(file, 'text')).toThrow('lock them out');
    expect(() => files.create(file, 'text')).toThrow('lock them out');
    expect(files.obstacleTo(file)?.why).toContain('lock them out');
    expect(files.list(folder)).toEqual([]);
  });
});

test('what is in the way of a file is named, with the way out', () => {
  const folder = temporaryDirectory();
  jest.replaceProperty(process, 'env', { ...process.env, HOME: folder });
  const at = (name: string) => join(folder, name);
  writeFileSync(at('plain'), '');
  symlinkSync('nowhere', at('dangling'));
  mkdirSync(at('taken'));
  expect(files.obstacleTo(at('new/file'))).toBeUndefined();
  expect(files.obstacleTo(at('plain'))).toBeUndefined();
  expect(files.obstacleTo(at('plain/file'))).toEqual({
    why: `${at('plain')} is a file, not a directory`,
    mend: `mv ${at('plain')} ${at('plain')}.old`,
  });
  expect(files.obstacleTo(at('dangling/x/file'))).toEqual({
    why: `${at('dangling')} is a link to nowhere`,
    mend: `rm ${at('dangling')}`,
  });
  expect(files.obstacleTo(at('taken'))?.why).toBe(`${at('taken')} is a directory, not a file`);
  expect(readFileSync(at('plain'), 'utf8')).toBe('');
});

test('outside the folders that are for the user’s files the way out is never to change what is there', () => {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, 'plain'), '');
  jest.replaceProperty(process, 'env', { HOME: join(folder, 'plain') });
  expect(files.obstacleTo(join(folder, 'plain', '.config'))?.mend).toMatch(/^set HOME/);
  expect(files.obstacleTo('/dev/null/.config')?.mend).toMatch(/^set HOME/);
  expect(files.obstacleTo(`/${'long'.repeat(100)}/file`)).toEqual({
    why: expect.stringContaining('ENAMETOOLONG'),
    mend: expect.stringMatching(/^set HOME/),
  });
});

afterEach(() => jest.restoreAllMocks());
