import { readFileSync } from 'node:fs';
import { messageOf, OperatorError } from '../../errors.ts';

/** A file's bytes, or standard input's for `-`. Throws `OperatorError`. */
export function readInput(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new OperatorError(`Can't read ${file}: ${messageOf(error)}`);
  }
}
