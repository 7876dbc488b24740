import { readFileSync } from 'node:fs';
import { messageOf, OperatorError } from '../../errors.ts';

/** A file's text, or standard input's for `-`. Throws `OperatorError`. */
export function readInput(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new OperatorError(`Can't read ${file}: ${messageOf(error)}`);
  }
}
