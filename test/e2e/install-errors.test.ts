import { createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEWEST, OLDER, testRelease } from '../../scripts/test-release.ts';
import { type Misbehaviour, startReleaseServer } from '../support/install/release-server.ts';
import { type Outcome, Sandbox } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';

const OFF = { WASP_TELEMETRY_DISABLE: '' };
const FOLDER = `file://${testRelease}`;
const ARCHIVE = `wasp-${NEWEST}-${process.platform}-${process.arch}.tar.gz`;

/** What a failed installation owes: an error on stderr, a failure, and the earlier installation as it was. */
function expectFailure(
  sandbox: Sandbox,
  { code, stderr }: Outcome,
  message: RegExp | string,
  exitCode = 1,
): void {
  expect(stderr).toMatch(message);
  expect(code).toBe(exitCode);
  expect(sandbox.installedVersion()).toBe(OLDER);
  expect(sandbox.binDirContent()).toEqual(['wasp']);
}

/** Answers for archives; sums and versions are the release's own. */
function forArchives(answer: (response: Parameters<Misbehaviour>[1], path: string) => void): Misbehaviour {
  return (path, response) => {
    if (!path.endsWith('.tar.gz')) return false;
    answer(response, path);
    return true;
  };
}

describe.each(shellsToTest())('under %s', (shell) => {
  describe.each(['curl', 'wget'])('with %s', (downloader) => {
    test.each<[string, Misbehaviour, RegExp | string]>([
      [
        'an archive with the wrong checksum',
        forArchives((response) => response.end('something else')),
        `The checksum of ${ARCHIVE} is wrong, so it is not installed`,
      ],
      [
        'an archive that was cut off on the server',
        forArchives((response, path) =>
          createReadStream(join(testRelease, path), { end: 9_999 }).pipe(response),
        ),
        `The checksum of ${ARCHIVE} is wrong, so it is not installed`,
      ],
      [
        'an archive that is not there',
        forArchives((response) => response.writeHead(404).end()),
        `${ARCHIVE} can't be fetched: it is not there`,
      ],
      [
        'a server that goes away in the middle of a download',
        forArchives((response) => {
          response.writeHead(200, { 'content-length': 1_000_000 });
          response.write('the beginning', () => response.destroy());
        }),
        new RegExp(`(${ARCHIVE} can't be fetched: .*try again)|The checksum of ${ARCHIVE} is wrong`, 's'),
      ],
      [
        'a page instead of the list of versions',
        (_, response) => {
          response.end('<!doctype html>');
          return true;
        },
        /latest\.json names no version\. Is that where Wasp's releases are\?/,
      ],
    ])('%s leaves the earlier installation working', async (_, misbehave, message) => {
      using sandbox = new Sandbox(shell, [downloader]);
      sandbox.installOlder();
      await using server = await startReleaseServer(misbehave);
      expectFailure(
        sandbox,
        await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: server.url }),
        message,
      );
    });

    test('a version that does not exist is named', async () => {
      using sandbox = new Sandbox(shell, [downloader]);
      sandbox.installOlder();
      await using server = await startReleaseServer();
      const outcome = await sandbox.install(['--version', '9.9.9'], {
        ...OFF,
        WASP_INSTALL_BASE_URL: server.url,
      });
      expectFailure(sandbox, outcome, `install.sh: There is no version 9.9.9 at ${server.url}.\n`);
    });

    test('a server that nothing reaches is named, with the way out', async () => {
      using sandbox = new Sandbox(shell, [downloader]);
      sandbox.installOlder();
      const outcome = await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: 'http://127.0.0.1:9' });
      expectFailure(
        sandbox,
        outcome,
        /^install\.sh: http:\/\/127\.0\.0\.1:9\/latest\/latest\.json can't be fetched: .*Check the connection/s,
      );
    });
  });

  test.each([
    ['SunOS', 'x86_64', 'There is no build for the operating system SunOS, only for Linux and macOS.'],
    ['Linux', 'riscv64', 'There is no build for the processor riscv64, only for x86_64 and arm64.'],
  ])('says that there is no build for %s on %s', async (system, machine, message) => {
    using sandbox = new Sandbox(shell);
    sandbox.installOlder();
    sandbox.addScript('uname', `[ "$1" = -m ] && echo ${machine} || echo ${system}`);
    expectFailure(sandbox, await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: FOLDER }), message);
  });

  test('says that there is no build for programs of 32 bits, whatever the kernel is', async () => {
    using sandbox = new Sandbox(shell);
    sandbox.installOlder();
    sandbox.addScript('uname', '[ "$1" = -m ] && echo aarch64 || echo Linux');
    sandbox.addScript('getconf', '[ "$1" != LONG_BIT ] || echo 32');
    const outcome = await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: FOLDER });
    expectFailure(sandbox, outcome, "There is no build for this system's programs of 32 bits");
  });

  test('says that a version has no build for a platform', async () => {
    using sandbox = new Sandbox(shell);
    sandbox.installOlder();
    sandbox.addScript('uname', '[ "$1" = -m ] && echo aarch64 || echo Linux');
    const outcome = await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: FOLDER });
    expectFailure(sandbox, outcome, `Version ${NEWEST} has no build for linux-arm64 at ${FOLDER}.`);
  });

  test('does not install what does not start here', async () => {
    using sandbox = new Sandbox(shell);
    sandbox.installOlder();
    // As on a machine without its loader: unpacking gives something that the kernel refuses.
    const folder = `wasp-${NEWEST}-${process.platform}-${process.arch}`;
    sandbox.addScript(
      'tar',
      `mkdir ${folder} && echo 'echo no such loader >&2; exit 127' >${folder}/wasp && chmod +x ${folder}/wasp`,
    );
    const outcome = await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: FOLDER });
    expectFailure(
      sandbox,
      outcome,
      /doesn't start on this machine, so it is not installed: no such loader\nOn Linux it needs glibc/,
    );
  });

  test('asks for curl where there is neither curl nor wget', async () => {
    using sandbox = new Sandbox(shell, []);
    sandbox.installOlder();
    const outcome = await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: 'http://127.0.0.1:9' });
    expectFailure(
      sandbox,
      outcome,
      'Neither curl nor wget is installed, and one of them has to fetch Wasp. Install curl',
    );
  });

  test('does not install what it can not check', async () => {
    using sandbox = new Sandbox(shell);
    sandbox.installOlder();
    sandbox.removeTool('sha256sum');
    const outcome = await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: FOLDER });
    expectFailure(sandbox, outcome, 'sha256sum, shasum or openssl is needed');
  });

  test('names a folder that can not be made', async () => {
    using sandbox = new Sandbox(shell);
    sandbox.installOlder();
    writeFileSync(join(sandbox.home, 'file'), '');
    const outcome = await sandbox.install(['--bin-dir', `${sandbox.home}/file/bin`], {
      ...OFF,
      WASP_INSTALL_BASE_URL: FOLDER,
    });
    expectFailure(sandbox, outcome, /The folder .*\/file\/bin can't be made: .*Name another with --bin-dir/);
  });

  test('names a folder that can not be written to', async () => {
    using sandbox = new Sandbox(shell);
    sandbox.installOlder();
    // Root too can't make a file there.
    const outcome = await sandbox.install(['--bin-dir', '/proc/self'], {
      ...OFF,
      WASP_INSTALL_BASE_URL: FOLDER,
    });
    expectFailure(
      sandbox,
      outcome,
      /The folder \/proc\/self can't be written to: .*Name another with --bin-dir/,
    );
  });

  test.each([
    [['--version'], '--version needs a value'],
    [['--version', '--uninstall'], '--version needs a value, and --uninstall looks like an option'],
    [['--version', '../../etc'], '--version needs a version such as 1.2.3, and it is: ../../etc'],
    [['--version', 'v'], '--version needs a version such as 1.2.3, and it is: v'],
    [['--version=..'], '--version needs a version such as 1.2.3, and it is: ..'],
    [['--bin-dir=~bob/x'], '--bin-dir ~bob/x: write the path out, or ./~bob/x if it begins with a tilde'],
    [['--bin-dir', ''], '--bin-dir needs a value'],
    [['--purge'], '--purge goes with --uninstall'],
    [['--colour'], 'unknown option: --colour'],
  ])('says what is wrong with %j', async (args, message) => {
    using sandbox = new Sandbox(shell);
    sandbox.installOlder();
    const outcome = await sandbox.install(args, { ...OFF, WASP_INSTALL_BASE_URL: FOLDER });
    expectFailure(sandbox, outcome, `install.sh: ${message}\ninstall.sh: Try: install.sh --help\n`, 2);
    expect(outcome.stdout).toBe('');
  });
});

test.each([
  'http://example.com',
  'http://127.0.0.1.example.com/',
  'http://localhost@example.com',
  'http://localhost:1@example.com',
  'ftp://localhost',
  'dist',
])('takes no releases from %s', async (url) => {
  using sandbox = new Sandbox('dash');
  sandbox.installOlder();
  const outcome = await sandbox.install([], { ...OFF, WASP_INSTALL_BASE_URL: url });
  expectFailure(
    sandbox,
    outcome,
    `WASP_INSTALL_BASE_URL must be https, http on this machine, or file:///folder, and it is: ${url}\n`,
  );
});

test('needs a folder to be named where there is no home', async () => {
  using sandbox = new Sandbox('dash');
  const { HOME: _, ...env } = sandbox.env({ ...OFF, WASP_INSTALL_BASE_URL: FOLDER });
  mkdirSync(join(sandbox.home, 'bin'));
  const without = await sandbox.runIn(env, []);
  expect(without).toMatchObject({
    code: 1,
    stderr: 'install.sh: HOME is not set. Name a folder with --bin-dir.\n',
  });
  expect(await sandbox.runIn({ ...env, HOME: 'home' }, [])).toMatchObject({
    code: 1,
    stderr: 'install.sh: HOME is not an absolute path: home. Name a folder with --bin-dir.\n',
  });
  expect(await sandbox.runIn(env, ['--bin-dir', `${sandbox.home}/bin`])).toMatchObject({
    code: 0,
    stderr: '',
  });
});
