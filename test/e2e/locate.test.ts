/** Which program is run, and what is said when there is none. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { realWaspFolder } from '../../scripts/fetch-wasp.ts';
import { afterwards } from '../support/cleanup.ts';
import { temporaryFolder } from '../support/home.ts';
import { home, receiver } from '../support/new-home.ts';
import { makeProgram, REAL_WASP } from '../support/programs.ts';
import { DIST_WASP, type Ending, runWasp, type Variables } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';

/** No Wasp is installed here. */
const NOTHING_INSTALLED = '/usr/bin:/bin';

function run(env: Variables, args = ['info'], program = [DIST_WASP]): Promise<Ending> {
  const all = { PATH: NOTHING_INSTALLED, WASP_TELEMETRY_URL: receiver.url, ...env };
  return runWasp(args, { home, env: all, program });
}

/** @returns the file's path */
function makeExecutable(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

const says = (word: string) => `#!/bin/sh\necho "${word} $*" "\${waspc_datadir-no data}"\n`;

async function expectNothingSent(): Promise<void> {
  await sendersGone(home);
  expect(receiver.connectionCount()).toBe(0);
  expect(home.telemetryFiles()).toEqual([]);
}

test('no Wasp anywhere: exit code 127, one message with the way out, nothing sent', async () => {
  expect(await run({})).toEqual({
    code: 127,
    signal: null,
    stdout: '',
    stderr:
      'wasp: Wasp itself is not installed on this machine. Install it with:\n' +
      '  npm i -g @wasp.sh/wasp-cli@latest\nor set WASP_BIN to its executable.\n',
  });
  await expectNothingSent();
});

describe('a WASP_BIN that can’t be run is refused as a shell would, by name, and nothing is sent', () => {
  const refused: [what: string, code: number, why: RegExp, make: (folder: string) => string][] = [
    ['missing', 127, /there is no such file/, (folder) => join(folder, 'missing')],
    [
      'below a file',
      127,
      /there is no such file/,
      (folder) => join(makeExecutable(join(folder, 'f'), ''), 'x'),
    ],
    ['a dangling link', 127, /there is no such file/, (folder) => link(symlinkSync, '/no/such', folder)],
    ['a directory', 126, /directory/, (folder) => folder],
    ['a device', 126, /not a file/, () => '/dev/null'],
    ['not executable', 126, /not executable/, (folder) => notExecutable(folder)],
    ['the front end', 126, /front end itself/, () => DIST_WASP],
    ['a link to the front end', 126, /front end itself/, (folder) => link(symlinkSync, DIST_WASP, folder)],
    ['a hard link to the front end', 126, /front end itself/, () => hardLink()],
  ];

  test.each(refused)('%s', async (_, code, why, make) => {
    const file = make(temporaryFolder());
    const { stderr, ...rest } = await run({ WASP_BIN: file });
    expect(rest).toEqual({ code, signal: null, stdout: '' });
    expect(stderr).toMatch(why);
    expect(stderr).toContain(`WASP_BIN=${file}`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    await expectNothingSent();
  });

  function link(make: (to: string, from: string) => void, to: string, folder: string): string {
    const file = join(folder, 'wasp');
    make(to, file);
    return file;
  }

  /** Beside the front end: a hard link can't leave its file system. */
  function hardLink(): string {
    const file = join(dirname(DIST_WASP), `hard-link-${process.pid}`);
    linkSync(DIST_WASP, file);
    afterwards(() => rmSync(file));
    return file;
  }

  function notExecutable(folder: string): string {
    const file = makeExecutable(join(folder, 'wasp'), 'text');
    chmodSync(file, 0o644);
    return file;
  }
});

describe('an executable file that the kernel would refuse', () => {
  test.each<[string, string | Buffer, RegExp]>([
    ['a script whose interpreter is missing', '#!/no/such/interpreter\n', /"\/no\/such\/interpreter"/],
    ['a script with Windows line ends', '#!/bin/sh\r\necho hello\r\n', /"\/bin\/sh\\r"/],
    ['a script whose interpreter is a directory', '#!/bin\n', /"\/bin"/],
    ['a script without interpreter', '#!\n', /""/],
    ['a binary that is cut off', Buffer.from('\x7fELF\x02'), /cut off/],
    ['a binary for another processor', otherProcessor(), /another kind of processor/],
  ])('%s gets exit code 126 and one line, no stack trace', async (_, content, why) => {
    const file = makeProgram('');
    writeFileSync(file, content);
    const { stderr, ...rest } = await run({ WASP_BIN: file });
    expect(rest).toEqual({ code: 126, signal: null, stdout: '' });
    expect(stderr).toMatch(why);
    expect(stderr).toContain(file);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  /** The real Wasp's header, with the s390's number as its processor. */
  function otherProcessor(): Buffer {
    const header = Buffer.from(readFileSync(REAL_WASP).subarray(0, 4096));
    header.writeUInt16LE(22, 18);
    return header;
  }
});

test('a script without #! is run by a shell, as a shell does', async () => {
  const file = makeProgram('echo "plain $1"\nexit 3\n');
  expect(await run({ WASP_BIN: file })).toMatchObject({ code: 3, stdout: 'plain info\n', stderr: '' });
});

test('WASP_BIN may be relative to the working directory', async () => {
  makeExecutable(join(home.project, 'my wasp'), says('relative'));
  expect(await run({ WASP_BIN: './my wasp' })).toMatchObject({ code: 0, stdout: 'relative info no data\n' });
});

describe('without WASP_BIN', () => {
  const name = `wasp-cli-${process.platform}-${process.arch}-glibc`;

  function install(nodeModules: string, version: string): string {
    const folder = join(nodeModules, '@wasp.sh', name);
    makeExecutable(join(folder, 'wasp-bin'), says(version));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: `@wasp.sh/${name}`, version }));
    return `${join(folder, 'data')}/`;
  }

  test('each place is looked at after the one before, and its version is reported', async () => {
    const onPath = makeExecutable(join(home.folder, 'bin', 'wasp'), says('9.0.5'));
    const env = { PATH: `${dirname(onPath)}:${NOTHING_INSTALLED}` };
    const printed = async (more: Variables = {}) => (await run({ ...env, ...more })).stdout;
    expect(await printed()).toBe('9.0.5 info no data\n');

    const installed = join(home.folder, '.local/share/wasp-lang');
    makeExecutable(join(installed, '0.9.1/wasp-bin'), says('0.9.1'));
    makeExecutable(join(installed, '0.10.0/wasp-bin'), says('0.10.0'));
    expect(await printed()).toBe(`0.10.0 info ${installed}/0.10.0/data\n`);

    makeExecutable(
      join(home.folder, '.local/bin/wasp'),
      `#!/bin/sh\nwaspc_datadir=${installed}/0.9.1/data ${installed}/0.9.1/wasp-bin "$@"\n`,
    );
    expect(await printed()).toBe(`0.9.1 info ${installed}/0.9.1/data\n`);

    writeFileSync(join(home.folder, '.npmrc'), `prefix=${home.folder}/npm\n`);
    const inGlobal = install(join(home.folder, 'npm/lib/node_modules'), '0.22.0');
    expect(await printed()).toBe(`0.22.0 info ${inGlobal}\n`);

    const above = install(join(home.folder, 'node_modules'), '0.23.0');
    expect(await printed()).toBe(`0.23.0 info ${above}\n`);

    const inProject = install(join(home.project, 'node_modules'), '0.24.0');
    expect(await printed()).toBe(`0.24.0 info ${inProject}\n`);

    const named = makeProgram(says('named'), '0.26.0');
    expect(await printed({ WASP_BIN: named })).toBe('named info no data\n');
  });

  test('what it is told by is the package, not the program', async () => {
    install(join(home.project, 'node_modules'), '0.24.7');
    await run({});
    const [request] = await receiver.received(1);
    expect(JSON.parse(request?.body ?? '').properties.wasp_version).toBe('0.24.7');
  });

  test('the real packages are found, with their data', async () => {
    const program = join(home.folder, 'front-end', 'wasp');
    mkdirSync(dirname(program));
    copyFileSync(DIST_WASP, program);
    symlinkSync(join(realWaspFolder, 'node_modules'), join(home.project, 'node_modules'));
    const { stdout, code } = await run({ WASP_TELEMETRY_DISABLE: '1' }, ['version'], [program]);
    expect([code, stdout.trim()]).toEqual([0, expect.stringMatching(/^0\.25\.0$/m)]);
  });

  test('copies of the front end on PATH, and links to it, are passed over', async () => {
    const folders = ['one', 'two', 'three'].map((folder) => join(home.folder, folder));
    for (const folder of folders) mkdirSync(folder);
    const [one, two, three] = folders as [string, string, string];
    copyFileSync(DIST_WASP, join(one, 'wasp'));
    copyFileSync(DIST_WASP, join(two, 'wasp'));
    symlinkSync(join(one, 'wasp'), join(three, 'wasp'));
    const PATH = `${three}:${two}:${one}:${NOTHING_INSTALLED}`;
    const alone = await run({ PATH, WASP_TELEMETRY_DISABLE: '1' }, ['info'], [join(one, 'wasp')]);
    expect(alone).toMatchObject({ code: 127, stdout: '' });
    expect(alone.stderr.match(/not installed/g)).toHaveLength(1);

    const real = makeExecutable(join(home.folder, 'real', 'wasp'), says('real'));
    const found = await run({ PATH: `${PATH}:${dirname(real)}` }, ['info'], [join(one, 'wasp')]);
    expect(found).toMatchObject({ code: 0, stdout: 'real info no data\n', stderr: '' });
    await receiver.received(1);
    await sendersGone(home);
    expect(receiver.requests).toHaveLength(1);
  });

  test('a file that only looks like Wasp, because it can’t be executed, is passed over', async () => {
    install(join(home.project, 'node_modules'), '0.24.0');
    chmodSync(join(home.project, 'node_modules/@wasp.sh', name, 'wasp-bin'), 0o644);
    expect(existsSync(join(home.project, 'node_modules/@wasp.sh', name, 'wasp-bin'))).toBe(true);
    const { code, stderr } = await run({});
    expect([code, stderr]).toEqual([
      127,
      expect.stringMatching(/passed over: .*wasp-bin, because it can't be executed/),
    ]);
    // The way out, as the error says: another program, or this one.
    expect(stderr).toContain('not installed on this machine, other than what is passed over below.');
  });
});
