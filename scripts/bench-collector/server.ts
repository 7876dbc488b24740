/** The collector's listener with its store, or with one that forgets everything: the price of keeping. */
import { type IngestOptions, startIngest } from '../../src/collector/ingest/server.ts';
import { openStore } from '../../src/collector/store/open-store.ts';

const [dataDir = ''] = process.argv.slice(2);
const insert: IngestOptions['insert'] = dataDir
  ? openStore(dataDir, { busyTimeout: 10 }).insert
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
