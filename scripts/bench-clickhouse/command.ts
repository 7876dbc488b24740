import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { path } from '../paths.ts';

export interface Run {
  seconds: number;
  /** The most memory that the process has had, in MiB; of the last look at it, one of fifty a second. Linux. */
  megabytes: number;
}

/** Runs `wasp-collector` as an operator would, from its start to its end. @throws with what it said, if it fails */
export async function timedCollector(...args: string[]): Promise<Run> {
  const start = performance.now();
  const child = spawn(process.execPath, [path('bin/wasp-collector.ts'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let [megabytes, said] = [0, ''];
  child.stderr.on('data', (piece) => {
    said += piece;
  });
  const look = setInterval(() => {
    megabytes = Math.max(megabytes, mostMemory(child.pid as number));
  }, 20);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`wasp-collector ${args[0]} ended with ${code}: ${said}`);
  return { seconds: (performance.now() - start) / 1000, megabytes };
}

function mostMemory(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
