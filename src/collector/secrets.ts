/** Passwords and secret addresses: from the environment or a file, never from the command line. */
import { OperatorError } from './errors.ts';
import { OddFileError, readRegularFile } from './regular-file.ts';

/** Bytes; no secret is longer, and a log that is named by mistake is not read. */
const LONGEST = 64 * 1024;

/**
 * The value of `name`, or the content of the file that `name_FILE` names, without white space around it. A variable
 * that is empty counts as not set. Undefined if neither is set.
 * @throws OperatorError if both are set, or the file can't be read or holds nothing. It says the variable's name and not
 * its value, since the secret itself may stand there by mistake
 */
export function readSecret(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const [value, file] = [env[name]?.trim(), env[`${name}_FILE`]];
  if (!file) return value || undefined;
  if (value) throw new OperatorError(`Both ${name} and ${name}_FILE are set. Unset one of them.`);
  const content = contentOf(file, `${name}_FILE`).trim();
  if (content === '') throw new OperatorError(`The file that ${name}_FILE names is empty.`);
  return content;
}

function contentOf(file: string, variable: string): string {
  try {
    return readRegularFile(file, LONGEST).toString();
  } catch (error) {
    if (error instanceof OddFileError) throw new OperatorError(`What ${variable} names ${error.message}.`);
    const { code } = error as NodeJS.ErrnoException;
    throw new OperatorError(`The file that ${variable} names can't be read: ${code ?? 'no such name'}.`);
  }
}
