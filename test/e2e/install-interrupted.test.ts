import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { OLDER, testRelease } from '../../scripts/test-release.ts';
import { startReleaseServer } from '../support/install/release-server.ts';
import { findProgram, run, Sandbox } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';

// Unpacking 110 MB takes long on a busy machine.
jest.setTimeout(180_000);

const SCRIPT = join(__dirname, '../../scripts/install.sh');
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
