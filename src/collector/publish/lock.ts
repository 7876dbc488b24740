import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder } from '../data-files.ts';
import { OperatorError } from '../errors.ts';

/** A command holds the lock for milliseconds; one that is older than this was left behind by a crash. In milliseconds. */
const STALE = 10_000;
/** How long a command waits for others, in milliseconds. */
const PATIENCE = 20_000;

/**
 * Runs `work` while no other command changes the messages in this data directory: eight `add`s at once keep eight.
 * Throws `OperatorError` if others take too long, and whatever `work` throws.
 */
export function whileLocked<T>(dataDir: string, work: () => T): T {
  const lock = join(dataDir, 'messages', 'lock');
  makeDataFolder(dataDir, 'messages');
  const deadline = performance.now() + PATIENCE;
  while (!taken(lock)) {
    if (performance.now() > deadline) throw new OperatorError(`Another command holds ${lock}.`);
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Math.abs(Date.now() - since) > STALE) rmSync(lock, { force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function taken(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
