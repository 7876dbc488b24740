/**
 * `npm run test:unit`: the tests that need neither an executable nor the real Wasp, so nothing is built first.
 * Arguments go to Jest: `npm run test:unit -- --watch`, `npm run test:unit -- test/protocol`.
 */
import { statfsSync } from 'node:fs';
import { runJest } from './jest.ts';

const MEMORY = '/dev/shm';
/** Bytes; the tests never have more than a few per cent of it at a time. */
const ENOUGH = 2 ** 30;

// Stores wait for the disk at each commit, thousands of times: in memory that takes no time.
if (process.env.TMPDIR === undefined && room(MEMORY) > ENOUGH) process.env.TMPDIR = MEMORY;

// The last option takes one value: what follows it are patterns of the caller's.
runJest(['--testPathIgnorePatterns', '/node_modules/', '/test/e2e/', '--maxWorkers=2']);

/** How many bytes more fit into the file system of a folder; 0 if there is none. */
function room(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
