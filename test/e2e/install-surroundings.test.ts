/** What a shell, a container or another's folder can hand to the installer, and options that contradict each other. */
import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { OLDER } from '../../scripts/test-release.ts';
import { findProgram, run, Sandbox } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';
import { makeTinyRelease, TINY } from '../support/install/tiny-release.ts';

const SCRIPT = join(__dirname, '../../scripts/install.sh');
/** In mode bits: others may write. */
const WRITABLE_BY_OTHERS = 0o022;

async function environment(sandbox: Sandbox, wasp = '0.25.0') {
  return sandbox.env({
    WASP_TELEMETRY_DISABLE: '',
    WASP_INSTALL_BASE_URL: await makeTinyRelease(sandbox.home, wasp),
  });
}

describe.each(shellsToTest())('under %s', (shell) => {
  test.each(['-e', '-C', '-f', '-eC'])('the option %s of the shell changes nothing', async (option) => {
    using sandbox = new Sandbox(shell);
    const env = await environment(sandbox);
    const outcome = await run([...sandbox.shellCommand(), option, SCRIPT], env, sandbox.home);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toContain(`Installed Wasp's front end ${TINY}`);
    expect(sandbox.binDirContent()).toEqual(['wasp']);
  });

  test.each(['000', '0777'])(
    'under umask %s its folders are open to this user, and to no other to write',
    async (umask) => {
      using sandbox = new Sandbox(shell);
      const env = await environment(sandbox);
      const masked = [...sandbox.shellCommand(), '-c', `umask ${umask}; . '${SCRIPT}'`];
      expect(await run(masked, env, sandbox.home)).toMatchObject({ code: 0, stderr: '' });
      for (const file of [join(sandbox.home, '.wasp'), sandbox.binDir, sandbox.wasp]) {
        const { mode } = statSync(file);
        expect([mode & 0o700, mode & WRITABLE_BY_OTHERS]).toEqual([0o700, 0]);
      }
    },
  );

  test.each(['grep', 'gzip', 'mkdir', 'mktemp', 'mv', 'rm', 'sed', 'sleep', 'tar', 'uname'])(
    'where %s is missing, it is named, and nothing is begun',
    async (tool) => {
      using sandbox = new Sandbox(shell);
      const env = await environment(sandbox);
      sandbox.removeTool(tool);
      const { code, stderr } = await sandbox.runIn(env, []);
      expect(stderr).toBe(
        `install.sh: This needs programs that are not on your PATH: ${tool}. Install them and try again.\n`,
      );
      expect([code, sandbox.binDirContent()]).toEqual([1, []]);
    },
  );

  test.each(['grep', 'head', 'ls', 'od', 'sed', 'tr'])(
    'where %s is missing, it is not said of a front end that it is something else',
    async (tool) => {
      using sandbox = new Sandbox(shell);
      sandbox.installOlder();
      sandbox.removeTool(tool);
      const { code, stderr } = await sandbox.install(['--uninstall']);
      expect(stderr).toContain(`not on your PATH: ${tool}.`);
      expect([code, sandbox.binDirContent()]).toEqual([1, ['wasp']]);
    },
  );

  test('a relative folder in a folder that was removed is nowhere', async () => {
    using sandbox = new Sandbox(shell);
    const env = await environment(sandbox);
    const gone = join(sandbox.home, 'gone');
    mkdirSync(gone);
    const rmdir = findProgram('rmdir');
    const command = `${rmdir} '${gone}'; exec ${sandbox.shellCommand().join(' ')} '${SCRIPT}' --bin-dir x`;
    const { code, stderr } = await run([findProgram('sh') as string, '-c', command], env, gone);
    expect(stderr).toContain('--bin-dir x: the current folder is not there any more');
    expect(code).toBe(2);
  });

  test('HOME with a slash at its end is the same home', async () => {
    using sandbox = new Sandbox(shell);
    const env = { ...(await environment(sandbox)), HOME: `${sandbox.home}/` };
    expect((await sandbox.runIn(env, [])).stdout).toContain(`echo 'export PATH="$HOME/.wasp/bin:$PATH"'`);
    expect((await sandbox.runIn(env, ['--uninstall', '--force'])).code).toBe(0);
    expect(() => rmdirSync(join(sandbox.home, '.wasp'))).toThrow('ENOENT');
  });

  test.each([
    [['--require-signature', '--skip-signature'], "don't go together"],
    [['--skip-signature', '--require-signature'], "don't go together"],
    [['--uninstall', '--version', '1.0.0'], "--version doesn't go with --uninstall"],
  ])('%j is a mistake, whatever the order', async (args, message) => {
    using sandbox = new Sandbox(shell);
    const { code, stderr } = await sandbox.install(args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('--yes fails if npm fails to install Wasp, with the front end installed', async () => {
    using sandbox = new Sandbox(shell);
    const env = await environment(sandbox, 'not installed  (…)');
    sandbox.addScript('npm', 'echo "npm: no network" >&2; exit 7');
    const { code, stdout, stderr } = await sandbox.runIn(env, ['--yes', '--quiet']);
    expect(stderr).toContain('npm could not install Wasp itself');
    expect([code, stdout, sandbox.binDirContent()]).toEqual([1, '', ['wasp']]);
  });

  test('--yes --quiet says it if there is no npm to install Wasp with', async () => {
    using sandbox = new Sandbox(shell);
    const env = await environment(sandbox, 'not installed  (…)');
    const { code, stdout, stderr } = await sandbox.runIn(env, ['--yes', '--quiet']);
    expect(stderr).toContain('It comes through npm, which is not here');
    expect([code, stdout]).toEqual([0, '']);
  });
});

test.each([
  ['BLOCK_SIZE', 'human-readable'],
  ['LS_BLOCK_SIZE', 'K'],
  ['LD_PRELOAD', '/is-not-there.so'],
  ['POSIXLY_CORRECT', '1'],
  ['NODE_OPTIONS', '--is-no-option'],
  ['TMPDIR', '/is-not-there'],
])('%s=%s keeps nobody from an update', async (name, value) => {
  using sandbox = new Sandbox('dash');
  sandbox.installOlder();
  const env = { ...(await environment(sandbox)), [name]: value };
  const { code, stdout } = await sandbox.runIn(env, []);
  expect(stdout).toContain(`Installed Wasp's front end ${TINY} in place of ${OLDER}`);
  expect(code).toBe(0);
});

test('options that come by SHELLOPTS change nothing', async () => {
  using sandbox = new Sandbox('bash');
  const env = { ...(await environment(sandbox)), SHELLOPTS: 'errexit:noclobber:pipefail' };
  expect(await sandbox.runIn(env, [])).toMatchObject({ code: 0, stderr: '' });
});
