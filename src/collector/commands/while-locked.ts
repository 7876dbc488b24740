import { join } from 'node:path';
import { makeDataFile } from '../data-files.ts';
import { OperatorError } from '../errors.ts';
import { tryLock } from '../store/lock.ts';

/** How long a command waits for others unless it says, in milliseconds. */
const PATIENCE = 20_000;

/** Below the data directory: what is locked against other commands. */
const LOCKS = { messages: 'messages/lock', notes: 'notes.lock' } as const;

/**
 * Runs `work` while no other command changes the messages, or the notes, in this data directory: eight `add`s at once keep
 * eight. Throws `OperatorError` if others take longer than `patience` milliseconds, and whatever `work` throws.
 */
export function whileLocked<T>(
  dataDir: string,
  what: keyof typeof LOCKS,
  work: () => T,
  patience = PATIENCE,
): T {
  const name = LOCKS[what];
  makeDataFile(dataDir, name);
  const file = join(dataDir, name);
  const lock = tryLock(file, patience);
  if (!lock) throw new OperatorError(`Another command holds ${file}.`);
  try {
    return work();
  } finally {
    lock.release();
  }
}
