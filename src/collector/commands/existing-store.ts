import { statSync } from 'node:fs';
import { databasePath } from '../data-directory.ts';
import { messageOf, OperatorError } from '../errors.ts';
import { openStore, type Store } from '../store/open-store.ts';

/**
 * The store in a directory that must have one: a mistyped `--data` shall not make an empty store and report that
 * nothing is in it. Throws {@link OperatorError}.
 */
export function openExistingStore(dataDir: string): Store {
  const path = databasePath(dataDir);
  try {
    statSync(path);
  } catch (error) {
    throw new OperatorError(`There is no collector data in ${dataDir}: ${reasonOf(error, dataDir, path)}`);
  }
  return openStore(dataDir);
}

function reasonOf(error: unknown, dataDir: string, path: string): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return `${path} does not exist.`;
    case 'ENOTDIR':
      return `${dataDir} is no directory.`;
    case 'EACCES':
      return `this user may not look into it. Run this command as the user who serves.`;
    default:
      return messageOf(error);
  }
}
