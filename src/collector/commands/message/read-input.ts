import { messageOf, OperatorError } from '../../errors.ts';
import { readAtMost } from '../../read-at-most.ts';

/** Bytes; no document and no signature is longer, and front ends take 64 KiB. */
const LONGEST = 1024 * 1024;

/** A file's bytes, or standard input's for `-`. Throws `OperatorError`. */
export function readInput(file: string): Buffer {
  try {
    return readAtMost(file === '-' ? 0 : file, LONGEST);
  } catch (error) {
    throw new OperatorError(`Can't read ${file}: ${messageOf(error)}`);
  }
}
