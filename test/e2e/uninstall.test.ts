import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { realWasp } from '../../scripts/fetch-wasp.ts';
import { path } from '../../scripts/paths.ts';
import { NEWEST } from '../../scripts/test-release.ts';
import { Sandbox } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';

const KEPT = 'Wasp itself, if it is installed, is left as it is.\n';

/** An installed front end with its settings and its telemetry state, and something of the real Wasp in the cache. */
function inhabit(sandbox: Sandbox): void {
  sandbox.installOlder();
  for (const file of [
    '.config/wasp/telemetry.json',
    '.cache/wasp/telemetry/signature',
    '.cache/wasp/other',
  ]) {
    mkdirSync(dirname(join(sandbox.home, file)), { recursive: true });
    writeFileSync(join(sandbox.home, file), '{"enabled":true}\n');
  }
}

describe.each(shellsToTest())('under %s', (shell) => {
  test('--uninstall removes the executable and keeps settings and state', async () => {
    using sandbox = new Sandbox(shell);
    inhabit(sandbox);
    expect(await sandbox.install(['--uninstall'])).toEqual({
      code: 0,
      stdout: `Removed ${sandbox.wasp}\n${KEPT}`,
      stderr: '',
    });
    expect(existsSync(join(sandbox.home, '.wasp'))).toBe(false);
    expect(sandbox.read('.config/wasp/telemetry.json')).toBeDefined();
    expect(sandbox.read('.cache/wasp/telemetry/signature')).toBeDefined();
  });

  test('--purge removes settings and state too, and nothing that is not ours', async () => {
    using sandbox = new Sandbox(shell);
    inhabit(sandbox);
    const { home, wasp } = sandbox;
    expect(await sandbox.install(['--uninstall', '--purge'])).toEqual({
      code: 0,
      stdout: `Removed ${wasp}\nRemoved ${home}/.config/wasp/telemetry.json\nRemoved ${home}/.cache/wasp/telemetry\n${KEPT}`,
      stderr: '',
    });
    expect(readdirSync(join(home, '.config'))).toEqual([]);
    expect(readdirSync(join(home, '.cache/wasp'))).toEqual(['other']);
  });

  test('--purge looks where XDG says', async () => {
    using sandbox = new Sandbox(shell);
    mkdirSync(join(sandbox.home, 'xdg cache/wasp/telemetry'), { recursive: true });
    const { stdout } = await sandbox.install(['--uninstall', '--purge'], {
      XDG_CACHE_HOME: join(sandbox.home, 'xdg cache'),
    });
    expect(stdout).toBe(`Removed ${sandbox.home}/xdg cache/wasp/telemetry\n${KEPT}`);
  });

  test('--uninstall removes what an installation left that was killed', async () => {
    using sandbox = new Sandbox(shell);
    mkdirSync(join(sandbox.binDir, '.wasp-install.999999999.a1b2c3'), { recursive: true });
    const { stdout } = await sandbox.install(['--uninstall']);
    expect(stdout).toBe(`Removed ${sandbox.binDir}/.wasp-install.999999999.a1b2c3\n${KEPT}`);
    expect(existsSync(join(sandbox.home, '.wasp'))).toBe(false);
  });

  test('--uninstall where nothing is installed says so and is no failure', async () => {
    using sandbox = new Sandbox(shell);
    expect(await sandbox.install(['--uninstall'])).toEqual({
      code: 0,
      stdout: `There was nothing to remove: no front end in ${sandbox.binDir}.\n${KEPT}`,
      stderr: '',
    });
  });

  test('--uninstall leaves another program of that name', async () => {
    using sandbox = new Sandbox(shell);
    mkdirSync(sandbox.binDir, { recursive: true });
    writeFileSync(sandbox.wasp, '#!/bin/sh\n', { mode: 0o755 });
    const { code, stderr } = await sandbox.install(['--uninstall']);
    expect(stderr).toBe(
      `install.sh: ${sandbox.wasp} is something else than Wasp's front end, so it is left as it is. --force removes it.\n`,
    );
    expect(code).toBe(1);
    expect(existsSync(sandbox.wasp)).toBe(true);
  });
});

test("the real Wasp's own uninstall, through the front end, leaves the front end and its settings", () => {
  using sandbox = new Sandbox('dash');
  const { home } = sandbox;
  inhabit(sandbox);
  cpSync(path('dist/wasp'), sandbox.wasp);
  // As the old installer left it, the launcher included.
  mkdirSync(join(home, '.local/bin'), { recursive: true });
  mkdirSync(join(home, '.local/share/wasp-lang/0.25.0'), { recursive: true });
  const folder = join(home, '.local/share/wasp-lang/0.25.0');
  symlinkSync(realWasp, join(folder, 'wasp-bin'));
  symlinkSync(join(dirname(realWasp), 'data'), join(folder, 'data'));
  writeFileSync(join(home, '.local/bin/wasp'), `#!/bin/sh\nexec ${folder}/wasp-bin "$@"\n`, { mode: 0o755 });
  const env = sandbox.env({ WASP_TELEMETRY_DISABLE: '' });
  const { status } = spawnSync(sandbox.wasp, ['uninstall'], { env, cwd: home, input: 'y\n' });
  expect(status).toBe(0);

  expect(existsSync(join(home, '.local/share/wasp-lang'))).toBe(false);
  expect(existsSync(join(home, '.local/bin/wasp'))).toBe(false);
  expect(existsSync(join(home, '.cache/wasp'))).toBe(false);
  expect(sandbox.read('.config/wasp/telemetry.json')).toBeDefined();
  expect(sandbox.installedVersion()).toBe(NEWEST);
  const after = spawnSync(sandbox.wasp, ['version'], { env, cwd: home, encoding: 'utf8' });
  expect(after.stderr).toContain('Wasp itself is not installed on this machine.');
  expect(after.status).toBe(127);
});
