/** Environments and open files that no shell makes, and that the kernel hands over all the same. */
import { Home } from '../../support/home.ts';
import { makeProgram } from '../../support/programs.ts';
import { hasPython, withEntries } from '../../support/raw-environment.ts';
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

async function handedOver(program: string, entries: string[], files: number[] = []): Promise<string[]> {
  const before = withEntries(entries, files);
  const { stdout, code } = await runWasp(['info'], { home, env: off, program: [...before, program] });
  expect(code).toBe(0);
  return stdout.split('\0').filter((part) => !part.startsWith('WASP_FRONT_END_CHAIN='));
}

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
