/** The installer replaces and removes front ends, and nothing else unless it is told to; it runs no other program. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { path } from '../../scripts/paths.ts';
import { NEWEST, OLDER, testRelease } from '../../scripts/test-release.ts';
import { findProgram, Sandbox } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';

const ENV = { WASP_TELEMETRY_DISABLE: '', WASP_INSTALL_BASE_URL: `file://${testRelease}` };
const MARK = `This file is the Wasp front end, version ${NEWEST}`;

type Make = (file: string, home: string) => void;

const holding =
  (content: string | Buffer, mode = 0o755): Make =>
  (file) =>
    writeFileSync(file, content, { mode });

/** A native executable with something changed. */
const native =
  (change: (bytes: Buffer) => Buffer): Make =>
  (file) =>
    writeFileSync(file, change(readFileSync(findProgram('true') as string)), { mode: 0o755 });

const FOREIGN: [string, Make][] = [
  ['notes', holding('buy milk\n', 0o644)],
  ['an empty file', holding('')],
  ['the launcher of the real Wasp', holding('#!/bin/sh\nexec wasp-bin "$@"\n')],
  [
    'a script that says that it is the front end',
    holding(`#!/bin/sh\necho "ran" >>"$HOME/ran"\necho "front end  ${NEWEST}"\n`),
  ],
  ['a script that never ends', holding('#!/bin/sh\nwhile :; do :; done\n')],
  ['notes with our mark', holding(`\n${MARK}\n`)],
  ['another native program', native((bytes) => bytes)],
  ['a program for another processor', native((bytes) => Buffer.from(bytes).fill(183, 18, 19))],
  [
    'a native program that mentions our mark',
    native((bytes) => Buffer.concat([bytes, Buffer.from(`see: ${MARK}\n`)])),
  ],
  [
    'a native program with our mark in a line of its own',
    native((bytes) => Buffer.concat([bytes, Buffer.from(`\n${MARK}\n`)])),
  ],
  [
    'an executable larger than any front end, and full of holes',
    (file, home) => {
      native((bytes) => Buffer.concat([bytes, Buffer.from(`\n${MARK}\nNODE_SEA_FUSE_0:1\n`)]))(file, home);
      truncateSync(file, 30e9);
    },
  ],
  [
    'a program for macOS',
    holding(Buffer.concat([Buffer.from('cffaedfe0c000001', 'hex'), Buffer.alloc(500)])),
  ],
  [
    'a front end that was cut off',
    (file) => writeFileSync(file, readFileSync(path('dist/wasp')).subarray(0, 4_000_000), { mode: 0o755 }),
  ],
  ['a file that nobody may read', holding('secret', 0)],
  ['a link to a program', (file) => symlinkSync(findProgram('true') as string, file)],
  ['a link to a front end', (file) => symlinkSync(path('dist/wasp'), file)],
  ['a link to nowhere', (file) => symlinkSync('nowhere', file)],
  ['a folder', (file) => mkdirSync(file)],
  ['a link to a folder', (file, home) => symlinkSync(home, file)],
  ['a link to itself', (file) => symlinkSync('wasp', file)],
  ['a named pipe', (file) => void execFileSync('mkfifo', [file])],
  ['a device', (file) => symlinkSync('/dev/zero', file)],
];

/** In bytes. What is larger has holes, and is known by the time of its last change. */
const LARGEST_READ = 1e9;

/** All that there is to know about what lies there. */
function stateOf(file: string) {
  const { ino, mode, size, mtimeMs, nlink } = lstatSync(file);
  const stats = lstatSync(file);
  const content =
    stats.isFile() && size < LARGEST_READ
      ? readFileSync(file, 'latin1')
      : stats.isSymbolicLink()
        ? readlinkSync(file)
        : '';
  return { ino, mode, size, mtimeMs, nlink, content };
}

describe.each(shellsToTest())('under %s', (shell) => {
  test.each(FOREIGN)('%s survives install and uninstall, is named, and never runs', async (_, make) => {
    using sandbox = new Sandbox(shell);
    mkdirSync(sandbox.binDir, { recursive: true });
    make(sandbox.wasp, sandbox.home);
    const before = stateOf(sandbox.wasp);
    for (const args of [[], ['--uninstall'], ['--uninstall', '--purge'], ['--yes']]) {
      const { code, stderr } = await sandbox.install(args, ENV);
      expect(stderr).toMatch(
        new RegExp(
          `^install\\.sh: ${sandbox.wasp} is (something else than Wasp's front end|a folder), so it is left as it is\\.`,
        ),
      );
      expect(code).toBe(1);
      expect(stateOf(sandbox.wasp)).toEqual(before);
    }
    expect(sandbox.binDirContent()).toEqual(['wasp']);
    expect(sandbox.read('ran')).toBeUndefined();
  });
});

test.each(['notes', '.notes', '..notes'])(
  "a folder that has a name as the installer's own, and holds %s, survives install and uninstall",
  async (name) => {
    using sandbox = new Sandbox('dash');
    const folder = '.wasp-install.2024.backup';
    const file = `.wasp/bin/${folder}/${name}`;
    sandbox.makeFolder(`.wasp/bin/${folder}`);
    writeFileSync(join(sandbox.home, file), 'buy milk\n');
    expect((await sandbox.install([], ENV)).code).toBe(0);
    expect(sandbox.read(file)).toBe('buy milk\n');
    expect((await sandbox.install(['--uninstall'], ENV)).code).toBe(0);
    expect(sandbox.read(file)).toBe('buy milk\n');
  },
);

(process.getuid?.() === 0 ? test : test.skip)('a front end of a package is left to dpkg', async () => {
  using sandbox = new Sandbox('dash');
  sandbox.installOlder();
  // Root's, as all that dpkg installs.
  sandbox.addScript('dpkg', `[ "$*" = "-S ${sandbox.wasp}" ]`);
  for (const args of [[], ['--uninstall']]) {
    const { code, stderr } = await sandbox.install(args, ENV);
    expect([code, stderr]).toEqual([1, expect.stringContaining("is a package's, so it is left as it is")]);
    expect(sandbox.binDirContent()).toEqual(['wasp']);
    expect(sandbox.installedVersion()).toBe(OLDER);
  }
});

test('the collector is no front end', async () => {
  using sandbox = new Sandbox('dash');
  mkdirSync(sandbox.binDir, { recursive: true });
  copyFileSync(path('dist/wasp-collector'), sandbox.wasp);
  expect((await sandbox.install(['--uninstall'], ENV)).code).toBe(1);
  expect(sandbox.binDirContent()).toEqual(['wasp']);
});

test('--force replaces another program, and removes one, but no folder', async () => {
  using sandbox = new Sandbox('dash');
  mkdirSync(sandbox.binDir, { recursive: true });
  writeFileSync(sandbox.wasp, 'buy milk\n');
  expect(await sandbox.install(['--force'], ENV)).toMatchObject({ code: 0, stderr: '' });
  expect(sandbox.installedVersion()).toBe(NEWEST);
  writeFileSync(join(sandbox.home, 'new'), 'buy milk\n');
  chmodSync(sandbox.wasp, 0o755);
  expect((await sandbox.install(['--uninstall', '--force'], ENV)).code).toBe(0);
  expect(sandbox.binDirContent()).toEqual([]);
  mkdirSync(join(sandbox.wasp, 'inside'), { recursive: true });
  for (const args of [['--force'], ['--uninstall', '--force']]) {
    expect((await sandbox.install(args, ENV)).code).toBe(1);
  }
  expect(sandbox.binDirContent()).toEqual(['wasp']);
});

test('--force replaces a link to a folder, and puts nothing into that folder', async () => {
  using sandbox = new Sandbox('dash');
  sandbox.makeFolder('.wasp/bin');
  sandbox.makeFolder('folder');
  symlinkSync(join(sandbox.home, 'folder'), sandbox.wasp);
  expect(await sandbox.install(['--force'], ENV)).toMatchObject({ code: 0, stderr: '' });
  expect(sandbox.installedVersion()).toBe(NEWEST);
  expect(readdirSync(join(sandbox.home, 'folder'))).toEqual([]);
});
