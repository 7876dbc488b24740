import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { median } from '../median.ts';
import { path } from '../paths.ts';

const [CONNECTIONS, WARM_UP, SECONDS] = ['64', '2', '5'];

/**
 * Reports per second that `wasp-collector serve` acknowledges with and without `--ship-to`, in turns: medians.
 * @param address of a ClickHouse that has the tables
 */
export async function receivingWithAndWithout(address: string, rounds: number): Promise<[number, number]> {
  const [shipping, alone]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await perSecond([]));
    shipping.push(await perSecond(['--ship-to', address]));
  }
  return [median(shipping), median(alone)];
}

async function perSecond(options: readonly string[]): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'wasp-bench-'));
  const own = ['--data', data, '--listen', '127.0.0.1:0', '--address-limit', 'off', '--key-limit', 'off'];
  const child = spawn(process.execPath, [path('bin/wasp-collector.ts'), 'serve', ...own, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const port = await listening(child.stdout);
    const load = [path('scripts/bench-collector/load.ts'), port, CONNECTIONS, 'keep-alive', WARM_UP, SECONDS];
    const { stdout } = await promisify(execFile)(process.execPath, load as string[]);
    return (JSON.parse(stdout) as { perSecond: number }).perSecond;
  } finally {
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await closed;
    rmSync(data, { recursive: true, force: true });
  }
}

async function listening(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const port = /listening on \S+:(\d+)/.exec(line)?.[1];
    if (port !== undefined) {
      output.resume();
      return port;
    }
  }
  throw new Error('the collector does not listen');
}
