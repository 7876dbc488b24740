/** Reading files whole, but nothing else that may stand in their place. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { hasCode, messageOf, OperatorError } from './errors.ts';

/** What stands there is read by nobody. Its message follows the name: `is not a file`. */
export class OddFileError extends Error {}

/**
 * The content of a file. A named pipe that nobody writes to would never end, and nor would a device.
 * @param largest bytes
 * @throws OddFileError, Node's system errors
 */
export function readRegularFile(file: string, largest: number): Buffer {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw new OddFileError('is not a file');
    if (found.size > largest) throw new OddFileError('is too large');
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes; what is kept beside the database is far smaller. */
export const LARGEST_DATA_FILE = 64 * 1024 * 1024;

/** The content of a file that a collector keeps beside its database, undefined if there is none. Throws `OperatorError`. */
export function readDataFile(file: string): Buffer | undefined {
  try {
    return readRegularFile(file, LARGEST_DATA_FILE);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    if (error instanceof OddFileError) throw new OperatorError(`${file} ${error.message}. Move it away.`);
    throw new OperatorError(`Can't read ${file}: ${messageOf(error)}`);
  }
}
