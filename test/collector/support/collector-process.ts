import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { cleanup } from '../../support/cleanup.ts';
import { kill } from '../../support/kill.ts';

/** The built executable; `npm test` builds it first. */
export const executable = join(import.meta.dirname, '../../../dist/wasp-collector');

export interface CollectorProcess {
  process: ChildProcess;
  port: number;
  url: string;
  /** Everything that it has printed so far. */
  output(): string;
  /** Sends the signal and resolves to the exit code, or to the signal that ended it, when all that it printed is here. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/** Starts `wasp-collector serve` on a free port, `wrapper` in front of it; resolves when it listens. */
export async function startCollector(
  dataDir: string,
  args: readonly string[] = [],
  wrapper: readonly string[] = [],
): Promise<CollectorProcess> {
  const limits = ['--address-limit', 'off', '--key-limit', 'off'];
  const command = [
    ...wrapper,
    executable,
    'serve',
    '--data',
    dataDir,
    '--listen',
    '127.0.0.1:0',
    ...limits,
    ...args,
  ];
  const child = spawn(command[0] as string, command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  cleanup(() => kill(child));
  let output = '';
  const address = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        const url = /listening on (\S+),/.exec(output)?.[1];
        if (url) resolve(url);
      });
    }
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`wasp-collector ended before it listened: ${output}`)));
  });
  const url = await address;
  return {
    process: child,
    port: Number(new URL(url).port),
    url,
    output: () => output,
    async end(signal) {
      const closed = once(child, 'close');
      child.kill(signal);
      const [code, fatal] = await closed;
      return code ?? fatal;
    },
  };
}
