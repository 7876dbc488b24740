/** Environments and open files that no shell makes, and that the kernel hands over all the same. */
import { spawnSync } from 'node:child_process';
import { Home } from '../../support/home.ts';
import { makeProgram } from '../../support/programs.ts';
import { DIST_WASP, runWasp } from '../../support/run-wasp.ts';

const home = new Home();
/** Prints its environment as the kernel holds it, and then what files it has, beyond the standard three, and where they lead. */
const printer = makeProgram(
  `#!/bin/sh\ncat /proc/$$/environ\nprintf "FILES\\0"\nfor fd in 3 4 9 11 15 16 99; do readlink "/proc/$$/fd/$fd"; done; :\n`,
);
const off = {
  WASP_TELEMETRY_URL: 'http://127.0.0.1:9/',
  WASP_TELEMETRY_DISABLE: '1',
  WASP_BIN: printer,
};

/** Starts a program with this environment's own entries and these, which need not be `NAME=value`, and with these files. */
const START = `
import ctypes, fcntl, json, os, sys
file, entries, files = sys.argv[1], *map(json.loads, sys.argv[2:4])
entries = [b'%s=%s' % pair for pair in os.environb.items()] + [entry.encode('latin1') for entry in entries]
source = fcntl.fcntl(os.open('/etc/passwd', os.O_RDONLY), fcntl.F_DUPFD_CLOEXEC, 200)
for fd in files: os.dup2(source, fd, inheritable=True)
vector = lambda parts: (ctypes.c_char_p * (len(parts) + 1))(*parts, None)
ctypes.CDLL(None).execve(file.encode(), vector([file.encode(), b'info']), vector(entries))`;

async function handedOver(program: string, entries: string[], files: number[] = []): Promise<string[]> {
  const args = ['-c', START, program, JSON.stringify(entries), JSON.stringify(files)];
  const { stdout, code } = await runWasp(args, { home, env: off, program: ['python3'] });
  expect(code).toBe(0);
  return stdout.split('\0').filter((part) => !part.startsWith('WASP_FRONT_END_CHAIN='));
}

const hasPython = process.platform === 'linux' && spawnSync('python3', ['-c', '']).status === 0;
if (!hasPython) console.warn('NOT TESTED, because there is no python3: environments that no shell makes');
const describeWithPython = hasPython ? describe : describe.skip;

describeWithPython('the real Wasp gets, as without the front end,', () => {
  test.each<[string, string[]]>([
    ['an entry without =', ['FOO']],
    ['an entry without a name', ['=x']],
    ['nothing but =', ['=']],
    ['an empty entry', ['']],
    ['two entries of one name', ['A=1', 'A=2']],
    ['a name of bytes that are not UTF-8', ['\xff=1']],
    ['a value of such bytes, and all of the above', ['B=\xff', 'FOO', '=x', '=', 'A=1', 'A=2']],
    ['lines and blanks in a name', ['A\nB C=1\n2']],
  ])('%s', async (_, entries) => {
    const bare = await handedOver(printer, entries);
    expect(bare).toEqual(expect.arrayContaining(entries));
    expect((await handedOver(DIST_WASP, entries)).sort()).toEqual(bare.sort());
  });

  test.each([[[3]], [[9]], [[3, 4, 11]], [[15, 16]], [[99]], [[3, 99]]])('files %j', async (files) => {
    const bare = await handedOver(printer, [], files);
    expect(bare.at(-1)?.match(/passwd/g)?.length).toBe(files.length);
    expect((await handedOver(DIST_WASP, [], files)).at(-1)).toBe(bare.at(-1));
  });
});

test('a lock that a script holds for as long as it lives is held by the real Wasp that it becomes', async () => {
  const says = makeProgram('#!/bin/sh\nflock --nonblock "$HOME/lock" true && echo free || echo held\n');
  const script = `exec 9>"$HOME/lock"; flock 9; exec '${DIST_WASP}' info`;
  const program = ['/bin/sh', '-c', script];
  const { stdout } = await runWasp([], { home, env: { ...off, WASP_BIN: says }, program });
  expect(stdout).toBe('held\n');
});
