import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode, OperatorError } from '../errors.ts';
import { readDataFile } from '../regular-file.ts';

/** Overrides the file; for containers whose secrets come from the environment. */
export const TOKEN_VARIABLE = 'WASP_COLLECTOR_PAGE_TOKEN';

const SHORTEST = 16;

/**
 * The login token: `given` (from an option or {@link TOKEN_VARIABLE}), else that of the data directory, made at
 * the first start and readable by its owner only. Throws `OperatorError` if it is too short to be a secret.
 */
export function pageToken(dataDir: string, given: string | undefined): { token: string; file?: string } {
  if (given !== undefined) return { token: checked(given, TOKEN_VARIABLE) };
  const file = join(dataDir, 'page-token');
  try {
    writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  return { token: checked(readDataFile(file)?.toString().trim() ?? '', file), file };
}

function checked(token: string, source: string): string {
  if (token.length >= SHORTEST) return token;
  throw new OperatorError(`The page's login token in ${source} is shorter than ${SHORTEST} characters.`);
}
