import { existsSync } from 'node:fs';
import { databasePath } from '../../data-directory.ts';
import { draftsPath, readDrafts } from '../../publish/drafts.ts';
import { openStore } from '../../store/open-store.ts';

/**
 * Makes sure that the messages of a data directory are there: a database that was restored from a backup brings them
 * along, and they come out of it when it is opened. Throws `OperatorError` if there is no such directory.
 */
export function dataOfMessages(data: string): void {
  if (!existsSync(draftsPath(data)) && existsSync(databasePath(data))) openStore(data).close();
  readDrafts(data);
}
