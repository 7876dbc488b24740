import { existsSync } from 'node:fs';
import { databasePath } from '../data-directory.ts';
import { OperatorError } from '../errors.ts';
import { openStore, type Store } from '../store/open-store.ts';

/**
 * The store in a directory that must have one: a mistyped `--data` shall not make an empty store and report that
 * nothing is in it. Throws {@link OperatorError}.
 */
export function openExistingStore(dataDir: string): Store {
  if (!existsSync(databasePath(dataDir))) {
    throw new OperatorError(
      `There is no collector data in ${dataDir}: ${databasePath(dataDir)} does not exist.`,
    );
  }
  return openStore(dataDir);
}
