/** What is found out before anything is fetched, and what is never waited for. */
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { answerInTerminal } from '../support/install/answer-in-terminal.ts';
import { startReleaseServer } from '../support/install/release-server.ts';
import { run, Sandbox } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';
import { makeTinyRelease } from '../support/install/tiny-release.ts';
import { mounted, testWithMount } from '../support/namespace.ts';

const NPM = 'i -g @wasp.sh/wasp-cli@latest\n';
const NOT_INSTALLED = 'not installed  (…)';

async function tiny(sandbox: Sandbox) {
  const url = await makeTinyRelease(sandbox.home, NOT_INSTALLED);
  sandbox.addScript('npm', 'echo "$*" >>"$HOME/npm-called"');
  return { WASP_TELEMETRY_DISABLE: '', WASP_INSTALL_BASE_URL: url };
}

describe.each(shellsToTest())('under %s', (shell) => {
  test.each([
    ['musl, as ldd says it', 'ldd', 'echo "musl libc (x86_64)" >&2; exit 1', 'C library is musl'],
    ['an old glibc', 'getconf', 'echo "glibc 2.17"', 'glibc 2.17, and the front end needs 2.28'],
  ])(
    '%s is refused before anything is fetched, with what to do instead',
    async (_, tool, script, message) => {
      using sandbox = new Sandbox(shell);
      await using server = await startReleaseServer();
      sandbox.addScript('uname', '[ "$1" = -m ] && echo x86_64 || echo Linux');
      sandbox.addScript(tool, script);
      const env = { WASP_TELEMETRY_DISABLE: '', WASP_INSTALL_BASE_URL: server.url };
      const { code, stderr } = await sandbox.install([], env);
      expect(stderr).toContain(message);
      expect(stderr).toContain(NPM.trim());
      expect([code, server.asked, sandbox.binDirContent()]).toEqual([1, [], []]);
    },
  );

  testWithMount(
    'a library that the front end needs and the system lacks is named before anything is fetched',
    async () => {
      using sandbox = new Sandbox(shell);
      await using server = await startReleaseServer();
      // The machine's own is hidden under an empty file.
      const hide =
        'for file in /usr/lib/*/libatomic.so.1 /usr/lib*/libatomic.so.1; do [ ! -e "$file" ] || mount --bind /dev/null "$file" || exit; done';
      sandbox.addScript(
        'ldconfig',
        'echo "libc.so.6 (libc6,x86-64) => /lib/libc.so.6"; echo "libstdc++.so.6 (libc6,x86-64)"',
      );
      const env = sandbox.env({ WASP_TELEMETRY_DISABLE: '', WASP_INSTALL_BASE_URL: server.url });
      const installer = [...sandbox.shellCommand(), join(__dirname, '../../scripts/install.sh')];
      // The rest of PATH is for what hides; it is not for the installer.
      const start = [
        'env',
        '-i',
        ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
        ...installer,
      ];
      const { code, stderr } = await run(
        [...mounted(hide), ...start],
        { PATH: process.env.PATH ?? '' },
        sandbox.home,
      );
      expect(stderr).toContain('lacks: libatomic.so.1.');
      expect(stderr).toContain('apt-get install libatomic1');
      expect([code, server.asked, sandbox.binDirContent()]).toEqual([1, [], []]);
    },
  );

  test('libraries that a loader finds where it does not list them are enough, and so is a loader that lists none', async () => {
    using sandbox = new Sandbox(shell);
    const env = await tiny(sandbox);
    for (const listed of ['libc.so.6 (libc6,x86-64) => /lib/libc.so.6', '']) {
      sandbox.addScript('ldconfig', `echo "${listed}"`);
      expect(await sandbox.install(['--force'], env)).toMatchObject({ code: 0 });
    }
  });

  test.each([
    [['-y'], {}, NPM],
    [['--yes'], { CI: 'true' }, NPM],
    [[], { CI: 'true' }, undefined],
    [['--quiet'], {}, undefined],
  ])('with %j and %j nothing is asked, on a terminal too', async (args, more, called) => {
    using sandbox = new Sandbox(shell);
    const env = sandbox.env({ ...(await tiny(sandbox)), ...more });
    const script = join(__dirname, '../../scripts/install.sh');
    const command = `${sandbox.shellCommand().join(' ')} '${script}' ${args.join(' ')}`;
    const { code, screen } = await answerInTerminal(command, { question: '[Y/n]', answer: 'n' }, env);
    expect(screen).not.toContain('[Y/n]');
    expect([code, sandbox.read('npm-called')]).toEqual([0, called]);
    if (args[0] === '--quiet') expect(screen).toBe('');
  });

  test('a program that never ends holds the installation no longer than its limit', async () => {
    using sandbox = new Sandbox(shell);
    const env = await tiny(sandbox);
    // A second is a moment, so that twenty are.
    sandbox.addScript('sleep', 'exec /bin/sleep 0.05');
    sandbox.addScript('npm', 'exec /bin/sleep 3000');
    sandbox.addScript(
      'tar',
      'mkdir -p wasp-1.0.0-linux-x64; printf "#!/bin/sh\\nexec /bin/sleep 3000\\n" >wasp-1.0.0-linux-x64/wasp; chmod +x wasp-1.0.0-linux-x64/wasp',
    );
    const { code, stderr } = await sandbox.install([], env);
    expect(stderr).toContain("The downloaded wasp doesn't start on this machine");
    expect([code, sandbox.binDirContent()]).toEqual([1, []]);
  });
});

(process.getuid?.() === 0 ? test : test.skip)(
  'root in the home of another user, as by sudo, leaves nothing there',
  async () => {
    using sandbox = new Sandbox('dash');
    const env = { ...(await tiny(sandbox)), SUDO_UID: '65534' };
    chownSync(sandbox.home, 65534, 65534);
    const { code, stderr } = await sandbox.install([], env);
    expect(stderr).toContain("This is root in another user's home");
    expect([code, sandbox.binDirContent()]).toEqual([1, []]);
  },
);

test('`--bin-dir=~/x` is a folder in the home, though no shell expands it', async () => {
  using sandbox = new Sandbox('dash');
  const { code, stdout } = await sandbox.install(['--bin-dir=~/x'], await tiny(sandbox));
  expect(code).toBe(0);
  expect(stdout).toContain(`Installed Wasp's front end 1.0.0: ${sandbox.home}/x/wasp`);
});
