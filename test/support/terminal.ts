import { type ChildProcess, spawn } from 'node:child_process';
import { afterwards } from './cleanup.ts';
import { kill } from './kill.ts';
import { environment, type Run } from './run-wasp.ts';
import { until } from './until.ts';

/** A run of `wasp` in a terminal of its own, as `script` from bsdutils gives it one. */
export interface Terminal {
  script: ChildProcess;
  /** What appeared so far. */
  screen(): string;
  /** Waits until that text has appeared. */
  shows(text: string): Promise<unknown>;
  /** Types characters; `\x03` is Ctrl-C. */
  type(characters: string): void;
  /** The exit code as a shell would tell it: 128 and the signal's number for a death by signal. */
  ended: Promise<number | null>;
}

export function runInTerminal(command: readonly string[], run: Run): Terminal {
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const script = spawn('script', ['--quiet', '--return', '--command', `exec ${quoted}`, '/dev/null'], {
    cwd: run.cwd ?? run.home.project,
    env: { ...environment(run), SHELL: '/bin/sh', TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  afterwards(() => kill(script));
  let screen = '';
  script.stdout?.setEncoding('utf8').on('data', (text) => {
    screen += text;
  });
  return {
    script,
    screen: () => screen,
    shows: (text) =>
      until(
        () => `the terminal shows ${JSON.stringify(text)}, not only ${JSON.stringify(screen)}`,
        () => screen.includes(text),
      ),
    type: (characters) => void script.stdin?.write(characters),
    ended: new Promise((resolve, reject) => script.on('error', reject).on('close', resolve)),
  };
}
