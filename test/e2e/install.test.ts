import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmLauncher, realWasp, realWaspFolder } from '../../scripts/fetch-wasp.ts';
import { NEWEST, OLDER, testRelease } from '../../scripts/test-release.ts';
import { startReleaseServer } from '../support/install/release-server.ts';
import { findProgram, run, Sandbox } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';
import { makeTinyRelease, TINY } from '../support/install/tiny-release.ts';

const FOLDER = `file://${testRelease}`;
const OFF = { WASP_TELEMETRY_DISABLE: '' };

describe.each(shellsToTest())('under %s', (shell) => {
  test('installs the newest version from a server, says so, and leaves nothing else behind', async () => {
    using sandbox = new Sandbox(shell);
    await using server = await startReleaseServer();
    const { code, stdout, stderr } = await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: server.url });
    expect(stderr).toBe('');
    expect(stdout).toContain(`Installed Wasp's front end ${NEWEST}: ${sandbox.wasp}\n`);
    expect(code).toBe(0);
    expect(sandbox.installedVersion()).toBe(NEWEST);
    expect(sandbox.binDirContent()).toEqual(['wasp']);
    expect(statSync(sandbox.wasp).mode & 0o777).toBe(0o755);
  });

  test('installs with wget where there is no curl', async () => {
    using sandbox = new Sandbox(shell, ['wget']);
    await using server = await startReleaseServer();
    const outcome = await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: `${server.url}/` });
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(sandbox.installedVersion()).toBe(NEWEST);
  });

  test('says which version it replaced, and installs the version that is asked for, again too', async () => {
    using sandbox = new Sandbox(shell);
    const env = { ...OFF, WASP_INSTALL_BASE_URL: FOLDER };
    sandbox.installOlder();
    const again = await sandbox.install([`--version=v${OLDER}`, '--force'], env);
    expect(again.stdout).toContain(`Installed Wasp's front end ${OLDER} again: `);
    const newest = await sandbox.install([], env);
    expect(newest.stdout).toContain(`Installed Wasp's front end ${NEWEST} in place of ${OLDER}: `);
    expect([again.code, newest.code]).toEqual([0, 0]);
    expect(sandbox.installedVersion()).toBe(NEWEST);
    expect(sandbox.binDirContent()).toEqual(['wasp']);
  });

  test('installs into a folder with a space and a quote in its name, given relative to the working directory', async () => {
    using sandbox = new Sandbox(shell);
    const { code } = await sandbox.install(['--bin-dir', `it's a "bin"`], {
      ...OFF,
      WASP_INSTALL_BASE_URL: await makeTinyRelease(sandbox.home, '0.25.0'),
    });
    expect(code).toBe(0);
    expect(existsSync(join(sandbox.home, `it's a "bin"`, 'wasp'))).toBe(true);
  });

  test('runs nothing if the download of the script was cut off, wherever that was', async () => {
    using sandbox = new Sandbox(shell);
    const script = readFileSync(join(__dirname, '../../scripts/install.sh'), 'utf8');
    const lines = [...script.matchAll(/\n/g)].map(({ index }) => index + 1).filter((_, i) => i % 25 === 0);
    const lastLine = script.trimEnd().lastIndexOf('\n') + 1;
    const ends = [...lines, ...Array.from({ length: '{ main "$@";'.length + 1 }, (_, i) => lastLine + i)];
    const file = join(sandbox.home, 'cut.sh');
    for (const end of ends) {
      writeFileSync(file, script.slice(0, end));
      const { stdout } = await run([...sandbox.shellCommand(), file, '--help'], sandbox.env(), sandbox.home);
      expect({ end, stdout }).toEqual({ end, stdout: '' });
    }
  });
});

test.each(
  // BusyBox brings an xz of its own.
  shellsToTest().filter((shell) => shell === 'bash' || shell === 'busybox'),
)('takes the smaller archive where xz is there, under %s', async (shell) => {
  using sandbox = new Sandbox(shell, ['curl', 'xz']);
  await using server = await startReleaseServer();
  const { code } = await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: server.url });
  expect(code).toBe(0);
  expect(server.asked).toEqual([
    '/latest/latest.json',
    `/v${NEWEST}/SHA256SUMS`,
    `/v${NEWEST}/wasp-${NEWEST}-${process.platform}-${process.arch}.tar.xz`,
  ]);
  expect(sandbox.installedVersion()).toBe(NEWEST);
});

(findProgram('bsdtar') ? test : test.skip).each(shellsToTest().filter((shell) => shell !== 'busybox'))(
  'takes the smaller archive where tar needs no xz, as on macOS, under %s',
  async (shell) => {
    using sandbox = new Sandbox(shell);
    sandbox.removeTool('tar');
    sandbox.removeTool('gzip');
    symlinkSync(findProgram('bsdtar') as string, join(sandbox.tools, 'tar'));
    const url = await makeTinyRelease(sandbox.home, '0.25.0');
    await using server = await startReleaseServer(undefined, { root: url.replace('file://', '') });
    const env = { WASP_TELEMETRY_DISABLE: '', WASP_INSTALL_BASE_URL: server.url };
    expect(await sandbox.install([], env)).toMatchObject({ code: 0, stderr: '' });
    expect(server.asked.at(-1)).toMatch(/\.tar\.xz$/);
    expect(sandbox.installedVersion()).toBe(TINY);
  },
);

test('goes through the proxy that the environment names', async () => {
  using sandbox = new Sandbox('bash');
  await using proxy = await startReleaseServer();
  const { code } = await sandbox.install([], {
    ...OFF,
    http_proxy: proxy.url,
    // Nothing listens there: what arrives came through the proxy.
    WASP_INSTALL_BASE_URL: 'http://127.0.0.1:9',
  });
  expect(code).toBe(0);
  expect(proxy.asked).toContain('/latest/latest.json');
});

test('the installed front end hands over to the Wasp that the old installer left, and that launcher is left as it is', async () => {
  using sandbox = new Sandbox('dash');
  const versions = join(sandbox.home, '.local/share/wasp-lang');
  const launcher = join(sandbox.home, '.local/bin/wasp');
  mkdirSync(versions, { recursive: true });
  mkdirSync(join(sandbox.home, '.local/bin'), { recursive: true });
  symlinkSync(join(realWasp, '..'), join(versions, '0.25.0'));
  const text = `#!/usr/bin/env bash\nexec ${versions}/0.25.0/wasp-bin "$@"\n`;
  writeFileSync(launcher, text, { mode: 0o755 });
  const { code, stdout } = await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: FOLDER });
  expect(code).toBe(0);
  expect(stdout).toContain(`It hands over to the Wasp that is here: 0.25.0  (${versions}/0.25.0/wasp-bin)`);
  expect(readFileSync(launcher, 'utf8')).toBe(text);
});

test('the installed front end runs a real Wasp project', async () => {
  using sandbox = new Sandbox('dash');
  const project = join(sandbox.home, 'project');
  mkdirSync(project);
  symlinkSync(join(realWaspFolder, 'node_modules'), join(project, 'node_modules'));
  writeFileSync(join(project, '.wasproot'), 'File marking the root of Wasp project.');
  await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: FOLDER });
  const ask = (command: string[]) => {
    const [file, ...args] = command as [string, ...string[]];
    const PATH = process.env.PATH ?? '';
    const options = { cwd: project, env: { HOME: sandbox.home, PATH, ...OFF }, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(file, args, options);
    return { status, stdout, stderr };
  };
  const bare = ask([process.execPath, npmLauncher, 'deps']);
  expect(bare.stdout).not.toBe('');
  expect(ask([sandbox.wasp, 'deps'])).toEqual(bare);
});

test('what is installed already is neither fetched nor replaced', async () => {
  using sandbox = new Sandbox('dash');
  sandbox.installOlder();
  const before = statSync(sandbox.wasp);
  await using server = await startReleaseServer();
  const { code, stdout } = await sandbox.install([`--version=${OLDER}`], {
    ...OFF,
    WASP_INSTALL_BASE_URL: server.url,
  });
  expect(stdout).toContain(`Wasp's front end ${OLDER} is installed already: ${sandbox.wasp}\n`);
  expect(code).toBe(0);
  expect(server.asked).toEqual([]);
  expect(statSync(sandbox.wasp)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
});

test('an installation that no longer starts is replaced by the same version', async () => {
  using sandbox = new Sandbox('dash');
  sandbox.installOlder();
  // Recognised, and without what the kernel needs to start it.
  const broken = readFileSync(sandbox.wasp).fill(0, 16, 64);
  rmSync(sandbox.wasp);
  writeFileSync(sandbox.wasp, broken, { mode: 0o755 });
  const { code, stdout } = await sandbox.install([`--version=${OLDER}`], {
    ...OFF,
    WASP_INSTALL_BASE_URL: FOLDER,
  });
  expect(stdout).toContain(`Installed Wasp's front end ${OLDER} again: `);
  expect(code).toBe(0);
  expect(sandbox.installedVersion()).toBe(OLDER);
});
