/** Exit codes, signals and the terminal, for both ways to hand over. */
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { path } from '../../scripts/paths.ts';
import { Home } from '../support/home.ts';
import { makeProgram } from '../support/programs.ts';
import { DIST_WASP, ending, type Run, runWasp, startWasp } from '../support/run-wasp.ts';
import { isAlive, processes, processState } from '../support/senders.ts';
import { runInTerminal } from '../support/terminal.ts';
import { until } from '../support/until.ts';

const home = new Home();
const off = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_TELEMETRY_DISABLE: '1' };

const exits = makeProgram('#!/bin/sh\nexit $1\n');
const dies = makeProgram('#!/bin/sh\nkill -$1 $$\n');
/**
 * Says who it is, then tells the signals that it gets and ends with 40 and their number. Not a shell script: a shell
 * would take two signals in a row for one.
 */
const listens = makeProgram(`#!${process.execPath}
let count = 0;
for (const name of ['INT', 'TERM', 'HUP', 'USR1', 'USR2', 'QUIT']) {
  process.on('SIG' + name, () => {
    console.log('got ' + name);
    // Goes on for a while after the first, to see whether a second one comes.
    if (count++ === 0) setTimeout(() => process.exit(40 + count), 500);
  });
}
console.log('ready ' + process.pid);
setTimeout(() => process.exit(39), 60_000);
`);

describe.each<[string, readonly string[]]>([
  ['by becoming it', [DIST_WASP]],
  ['by the fallback without execve', [process.execPath, path('test/support/no-execve.ts')]],
])('handed over %s', (_, program) => {
  const run = (WASP_BIN: string): Run => ({ home, program, env: { ...off, WASP_BIN } });

  test('exit codes are the real program’s own', async () => {
    const codes = Array.from({ length: 256 }, (_, code) => code);
    // The fallback's few are enough: it is one process more, in TypeScript, and slow to start.
    const asked = program.length === 1 ? codes : [0, 1, 2, 42, 126, 127, 128, 130, 254, 255];
    const got: (number | null)[] = [];
    for (let start = 0; start < asked.length; start += 8) {
      const batch = asked.slice(start, start + 8).map((code) => runWasp([String(code)], run(exits)));
      got.push(...(await Promise.all(batch)).map(({ code }) => code));
    }
    expect(got).toEqual(asked);
  });

  test.each(['TERM', 'HUP', 'INT', 'QUIT', 'KILL', 'SEGV', 'ABRT', 'USR1', 'PIPE', 'XFSZ', 'ALRM'])(
    'death by SIG%s is ours as well',
    async (name) => {
      const ended = await runWasp([name], run(dies));
      expect(ended).toEqual({ code: null, signal: `SIG${name}`, stdout: '', stderr: '' });
    },
  );

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGUSR2'] as const)('%s reaches it, once', async (signal) => {
    const child = startWasp(['start'], run(listens));
    const ended = ending(child);
    await once(child.stdout as Readable, 'data');
    child.kill(signal);
    expect(await ended).toMatchObject({
      code: 41,
      stdout: expect.stringContaining(`got ${signal.slice(3)}`),
    });
  });

  test('its standard files are the terminal', async () => {
    const asks = makeProgram('#!/bin/sh\n[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && stty size && exit 9\n');
    const terminal = runInTerminal([...program, 'start'], run(asks));
    expect(await terminal.ended).toBe(9);
  });

  test('Ctrl-C reaches it, once, and it decides what becomes of it', async () => {
    const terminal = runInTerminal([...program, 'start'], run(listens));
    await terminal.shows('ready');
    terminal.type('\x03');
    expect(await terminal.ended).toBe(41);
    expect(terminal.screen().match(/got/g)).toEqual(['got']);
  });

  test('Ctrl-C kills what does not listen, and a shell sees the signal', async () => {
    const waits = makeProgram('#!/bin/sh\necho ready\nexec sleep 60\n');
    const terminal = runInTerminal([...program, 'start'], run(waits));
    await terminal.shows('ready');
    terminal.type('\x03');
    expect(await terminal.ended).toBe(130);
  });

  test('Ctrl-\\ and a closed terminal reach it', async () => {
    const quit = runInTerminal([...program, 'start'], run(listens));
    await quit.shows('ready');
    quit.type('\x1c');
    expect(await quit.ended).toBe(41);
    expect(quit.screen()).toContain('got QUIT');

    const waits = makeProgram('#!/bin/sh\necho "ready $$."\nexec sleep 60\n');
    const closed = runInTerminal([...program, 'start'], run(waits));
    await closed.shows('.');
    const pid = Number(closed.screen().match(/ready (\d+)/)?.[1]);
    expect(isAlive(pid)).toBe(true);
    closed.script.kill('SIGKILL');
    await until('SIGHUP has ended it', () => !isAlive(pid));
  });
});

test('the real Wasp takes the front end’s place: same process, no child, nothing left over', async () => {
  const child = startWasp(['start'], { home, env: { ...off, WASP_BIN: listens } });
  const ended = ending(child);
  const output = await until(
    'it runs',
    () => new Promise<string>((resolve) => child.stdout?.once('data', resolve)),
  );
  expect(output).toContain(`ready ${child.pid}\n`);
  expect(processes().filter((pid) => processState(pid)?.parent === child.pid)).toEqual([]);
  child.kill('SIGTERM');
  await ended;
});
