import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { NEWEST, OLDER, testRelease } from '../../scripts/test-release.ts';
import { answerInTerminal } from '../support/install/answer-in-terminal.ts';
import { startReleaseServer } from '../support/install/release-server.ts';
import { findProgram, run, Sandbox } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';
import { makeTinyRelease } from '../support/install/tiny-release.ts';

const SCRIPT = join(__dirname, '../../scripts/install.sh');
const ARCHIVE = `v${NEWEST}/wasp-${NEWEST}-${process.platform}-${process.arch}.tar.gz`;
const OFF = { WASP_TELEMETRY_DISABLE: '' };

describe.each(shellsToTest())('under %s', (shell) => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s during the download leaves the earlier installation and nothing else',
    async (signal) => {
      using sandbox = new Sandbox(shell);
      sandbox.installOlder();
      // Begins to send the archive and never ends.
      let begun = () => {};
      const beginning = new Promise<void>((resolve) => {
        begun = resolve;
      });
      await using server = await startReleaseServer((path, response) => {
        if (!path.endsWith('.tar.gz')) return false;
        response.writeHead(200, { 'content-length': 1_000_000 });
        response.write('the beginning', begun);
        return true;
      });
      const [file = '', ...args] = [...sandbox.shellCommand(), SCRIPT];
      const installer = spawn(file, args, {
        env: sandbox.env({ ...OFF, WASP_INSTALL_BASE_URL: server.url }),
        stdio: 'ignore',
        // A group of its own, which gets the signal as from a terminal.
        detached: true,
      });
      const ended = once(installer, 'exit');
      await beginning;
      process.kill(-(installer.pid as number), signal);
      const [code, killedBy] = await ended;
      expect(code !== 0 || killedBy !== null).toBe(true);
      expect(sandbox.installedVersion()).toBe(OLDER);
      expect(sandbox.binDirContent()).toEqual(['wasp']);
    },
  );

  test('on a terminal the download is seen to grow, and Ctrl-C ends it and leaves nothing', async () => {
    using sandbox = new Sandbox(shell);
    const size = statSync(join(testRelease, ARCHIVE)).size;
    await using server = await startReleaseServer((path, response) => {
      if (!path.endsWith('.tar.gz')) return false;
      response.writeHead(200, { 'content-length': size });
      response.write(Buffer.alloc(5_100_000));
      return true;
    });
    const env = sandbox.env({ ...OFF, WASP_INSTALL_BASE_URL: server.url });
    const command = `${sandbox.shellCommand().join(' ')} '${SCRIPT}'`;
    const growth = `  5 of ${Math.floor(size / 1e6)} MB`;
    const { code, screen } = await answerInTerminal(command, { question: growth, answer: '\x03' }, env);
    expect(screen).toContain(growth);
    expect([code, sandbox.binDirContent()]).toEqual([130, []]);
  });

  test.each(['1', '2', '1 and 2'])('with output %s closed it installs all the same', async (closed) => {
    using sandbox = new Sandbox(shell);
    const env = sandbox.env({ ...OFF, WASP_INSTALL_BASE_URL: await makeTinyRelease(sandbox.home, '0.25.0') });
    const ends = closed.replace(/\d/g, '$&>&-').replace('and', '');
    const command = `${sandbox.shellCommand().join(' ')} '${SCRIPT}' ${ends}`;
    const { code, stderr } = await run([findProgram('sh') as string, '-c', command], env, sandbox.home);
    expect([code, stderr, sandbox.binDirContent()]).toEqual([0, '', ['wasp']]);
  });

  test('a reader that has gone, or a full disk behind its output, fails nothing', async () => {
    using sandbox = new Sandbox(shell);
    const env = sandbox.env({ ...OFF, WASP_INSTALL_BASE_URL: await makeTinyRelease(sandbox.home, '0.25.0') });
    const command = `${sandbox.shellCommand().join(' ')} '${SCRIPT}' >/dev/full`;
    const { code, stderr } = await run([findProgram('sh') as string, '-c', command], env, sandbox.home);
    expect([code, stderr, sandbox.binDirContent()]).toEqual([0, '', ['wasp']]);
  });

  test('a folder where no program can be started is named before anything large is fetched', async () => {
    const unshare = mountNamespace();
    if (!unshare) return void process.stderr.write('NOT TESTED, no mount namespaces here: noexec\n');
    using sandbox = new Sandbox(shell);
    await using server = await startReleaseServer();
    sandbox.addTool('mount');
    sandbox.makeFolder('disk');
    const install = `${sandbox.shellCommand().join(' ')} '${SCRIPT}' --bin-dir '${sandbox.home}/disk/bin'`;
    const { code, stderr } = await run(
      [
        ...unshare,
        findProgram('sh') as string,
        '-c',
        `mount -t tmpfs -o noexec tmpfs '${sandbox.home}/disk' && ${install}`,
      ],
      sandbox.env({ ...OFF, WASP_INSTALL_BASE_URL: server.url }),
      sandbox.home,
    );
    expect(stderr).toContain(`No program can be started in ${sandbox.home}/disk/bin`);
    expect([code, server.asked]).toEqual([1, ['/latest/latest.json']]);
  });

  test.each(['curl', 'wget', 'a folder'])(
    'a full disk, filled by %s, is named, and the earlier installation works',
    async (source) => {
      const unshare = mountNamespace();
      if (!unshare) return void process.stderr.write('NOT TESTED, no mount namespaces here: a full disk\n');
      using sandbox = new Sandbox(shell, source === 'a folder' ? [] : [source]);
      await using server = await startReleaseServer();
      sandbox.addTool('mount');
      const url = source === 'a folder' ? `file://${testRelease}` : server.url;
      const install = `${sandbox.shellCommand().join(' ')} '${SCRIPT}' --bin-dir '${sandbox.home}/disk/bin'`;
      sandbox.installOlder();
      // Room for the earlier installation and for a part of the archive.
      const script = `mount -t tmpfs -o size=130m tmpfs '${sandbox.home}/disk' && mkdir '${sandbox.home}/disk/bin' &&
      cp '${sandbox.wasp}' '${sandbox.home}/disk/bin' && { ${install}; echo "ended with $?"; } &&
      '${sandbox.home}/disk/bin/wasp' --version && ls -A '${sandbox.home}/disk/bin'`;
      sandbox.makeFolder('disk');
      const { stdout, stderr } = await run(
        [...unshare, findProgram('sh') as string, '-c', script],
        sandbox.env({ ...OFF, WASP_INSTALL_BASE_URL: url }),
        sandbox.home,
      );
      expect(stderr).toMatch(
        /^install\.sh: .* can't be fetched: no space is left in .*\/disk\/bin\. Free some, or name another folder with --bin-dir\.\n$/,
      );
      expect(stdout).toContain('ended with 1\n');
      expect(stdout).toContain(`front end  ${OLDER}\n`);
      expect(stdout).toMatch(/\nwasp\n$/);
    },
  );
});

/** A command that runs another one with mounts of its own, as root or as the user who is root in a namespace. */
function mountNamespace(): string[] | undefined {
  const commands = [
    ['unshare', '--mount'],
    ['unshare', '--mount', '--map-root-user'],
  ];
  return commands
    .find(([file, ...args]) => {
      const probe = [...args, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'];
      return spawnSync(file as string, probe).status === 0;
    })
    ?.map((word, i) => (i === 0 ? (findProgram(word) as string) : word));
}
