/** The collector's listener with its store, or with one that forgets everything: the price of keeping. */
import { type IngestOptions, startIngest } from '../../src/collector/ingest/server.ts';
import { validate } from '../../src/collector/ingest/validate.ts';
import type { Event } from '../../src/collector/store/event.ts';
import { openStore, type Store } from '../../src/collector/store/open-store.ts';
import { propertiesOf, USERS } from './users.ts';

const [dataDir = ''] = process.argv.slice(2);
const insert: IngestOptions['insert'] = dataDir
  ? storeThatKnowsUsers().insert
  : (events) => ({ stored: events.length, duplicates: 0 });

const { address } = await startIngest({
  host: '127.0.0.1',
  port: 0,
  addressLimit: Number.POSITIVE_INFINITY,
  keyLimit: Number.POSITIVE_INFINITY,
  insert,
  log: console.error,
});
process.send?.(address.port);

/** Most reports of a day come from users who have reported before. */
function storeThatKnowsUsers(): Store {
  const store = openStore(dataDir, { busyTimeout: 10 });
  store.insert(
    Array.from({ length: USERS }, (_, index) => {
      const raw = { name: 'cli', timestamp: undefined, uuid: undefined, apiKey: undefined };
      const properties = propertiesOf(index);
      return validate({ ...raw, distinctId: properties.distinct_id, properties }, Date.now()) as Event;
    }),
  );
  return store;
}
