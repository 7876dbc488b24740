/** Passwords and secret addresses: from the environment or a file, never from the command line. */
import { readFileSync } from 'node:fs';
import { OperatorError } from './errors.ts';

/**
 * The value of `name`, or the content of the file that `name_FILE` names, without white space around it.
 * Undefined if neither is set.
 * @throws OperatorError if the file can't be read
 */
export function readSecret(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const file = env[`${name}_FILE`];
  if (file === undefined || file === '') return env[name] || undefined;
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    throw new OperatorError(`${name}_FILE can't be read: ${(error as Error).message}`);
  }
}
