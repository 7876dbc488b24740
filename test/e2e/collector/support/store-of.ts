import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '../../../../src/collector/data-directory.ts';
import { openStore } from '../../../../src/collector/store/open-store.ts';
import { event } from '../../../collector/support/events.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

/** A data directory with this many events, the rollups up to date, all of it in the database file. */
export function storeOf(events: number, receivedAt = Date.now()): string {
  const directory = temporaryDirectory();
  const store = openStore(directory);
  store.insert(
    Array.from({ length: events }, (_, index) =>
      event({ receivedAt, distinctId: String(10 ** 16 + index * 16) }),
    ),
  );
  store.catchUp();
  store.close();
  return directory;
}

/** Changes the database past the store. */
export function withDatabase(directory: string, sql: string): void {
  const database = new DatabaseSync(databasePath(directory));
  database.exec(sql);
  database.close();
}
