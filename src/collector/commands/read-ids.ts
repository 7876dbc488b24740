import { readFileSync } from 'node:fs';
import { messageOf, OperatorError } from '../errors.ts';

/**
 * The ids in a file, one per line, where `#` begins a comment; `-` is standard input. Throws `OperatorError`, which says
 * what they are read for.
 */
export function readIds(file: string, purpose: 'exclude' | 'forget'): string[] {
  try {
    const lines = readFileSync(file === '-' ? 0 : file, 'utf8').split('\n');
    return lines.map((line) => line.replace(/#.*/, '').trim()).filter((id) => id !== '');
  } catch (error) {
    throw new OperatorError(`Can't read the ids to ${purpose} from ${file}: ${messageOf(error)}`);
  }
}
