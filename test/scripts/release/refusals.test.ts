/** What the scripts of a release refuse, before anything is published. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { path } from '../../../scripts/paths.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const READY = {
  'package.json': '{\n  "name": "wasp",\n  "version": "1.2.0",\n  "private": true\n}\n',
  'scripts/install.sh': "INSTALLER_VERSION=1.2.0\nRELEASE_KEYS='key'\n",
  'CHANGELOG.md': '# Changelog\n\n## 1.2.0, 2026-01-31\n',
  'docs/ci.md': '  curl -fsSLo install.sh https://host/v1.2.0/install.sh\n  sh install.sh --version 1.2.0\n',
};

/** A project that is ready to be released as 1.2.0 but for what is changed. */
function checkTag(tag: string, changed: Record<string, string> = {}) {
  const project = temporaryDirectory();
  const script = join(project, 'scripts/release/check-tag.sh');
  for (const [name, content] of Object.entries({ ...READY, ...changed })) {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), content);
  }
  mkdirSync(dirname(script));
  copyFileSync(path('scripts/release/check-tag.sh'), script);
  const { status, stderr } = spawnSync('sh', [script, tag], { encoding: 'utf8' });
  return { status, stderr };
}

test('a tag is released whose version all files name', () => {
  expect(checkTag('v1.2.0')).toEqual({ status: 0, stderr: '' });
});

test.each<[string, string, Record<string, string>, string]>([
  ['another version', 'v1.2.1', {}, 'package.json is not at 1.2.1'],
  ['a version that a pattern would take for this one', 'v1x2.0', {}, 'package.json is not at 1x2.0'],
  ['a candidate', 'v1.2.0-rc.1', {}, 'is a candidate'],
  [
    "the installer's version",
    'v1.2.0',
    { 'scripts/install.sh': 'INSTALLER_VERSION=1.1.0\n' },
    'install.sh is not at',
  ],
  ['a missing date', 'v1.2.0', { 'CHANGELOG.md': '## 1.2.0, unreleased\n' }, 'has no date for 1.2.0'],
  [
    'an example that pins the installer before',
    'v1.2.0',
    { 'docs/ci.md': READY['docs/ci.md'].replace('v1.2.0', 'v1.1.0') },
    'docs/ci.md pins 1.1.0',
  ],
  [
    'an example that pins the version before',
    'v1.2.0',
    { 'docs/ci.md': READY['docs/ci.md'].replace('--version 1.2.0', '--version 1.1.0') },
    'docs/ci.md pins 1.1.0',
  ],
  [
    'an installer without a key',
    'v1.2.0',
    { 'scripts/install.sh': "INSTALLER_VERSION=1.2.0\nRELEASE_KEYS=''\n" },
    'knows no release key',
  ],
])('%s is refused', (_, tag, changed, message) => {
  const { status, stderr } = checkTag(tag, changed);
  expect(stderr).toContain(message);
  expect(status).toBe(1);
});

test('a newest installer that is not the one of the version is not published', () => {
  const release = temporaryDirectory();
  for (const folder of ['latest', 'v1.2.0', 'bin']) mkdirSync(join(release, folder));
  const write = (name: string, content: string) =>
    writeFileSync(join(release, name), content, { mode: 0o755 });
  for (const kind of ['', '.csr', '.minisig']) {
    write(`latest/latest.json${kind}`, '{\n  "version": "1.2.0"\n}\n');
    write(`v1.2.0/SHA256SUMS${kind}`, 'signature');
  }
  write('v1.2.0/install.sh', 'echo ours\n');
  write('latest/install.sh', 'echo another\n');
  const sums = spawnSync('sha256sum', ['install.sh'], {
    cwd: join(release, 'v1.2.0'),
    encoding: 'utf8',
  }).stdout;
  write('v1.2.0/SHA256SUMS', sums);
  write('bin/gh', `#!/bin/sh\necho "$*" >>'${release}/asked'\n`);
  write('asked', '');
  const env = { ...process.env, PATH: `${release}/bin:${process.env.PATH}` };
  const publish = () =>
    spawnSync('sh', [path('scripts/release/publish.sh'), release], { env, encoding: 'utf8' });
  expect(publish()).toMatchObject({ status: 1, stdout: expect.stringContaining('differ') });
  expect(readFileSync(join(release, 'asked'), 'utf8')).toBe('');
  copyFileSync(join(release, 'v1.2.0/install.sh'), join(release, 'latest/install.sh'));
  expect(publish()).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(join(release, 'asked'), 'utf8')).toContain('upload latest');
});
