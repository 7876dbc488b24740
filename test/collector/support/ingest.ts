import { type Ingest, type IngestOptions, startIngest } from '../../../src/collector/ingest/server.ts';
import { openStore, type Store } from '../../../src/collector/store/open-store.ts';
import { cleanup } from '../../support/cleanup.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { type StoredRow, storedRows } from './stored-rows.ts';

/** What `fetch` takes and Node's types have no name for. */
export type Body = string | Uint8Array<ArrayBuffer>;

export interface TestIngest extends Ingest {
  url: string;
  store: Store;
  /** The data directory. */
  directory: string;
  /** What it said to the operator. */
  lines: string[];
  /** Everything that is stored. */
  stored(): StoredRow[];
  post(path: string, body: Body, headers?: Record<string, string>): Promise<Response>;
  /** The value of a counter, `events_dropped_total{reason="bad_os"}` for one. */
  metric(name: string): Promise<number>;
}

/** A listener on loopback over a store of its own, in this process; both are gone when the test ends. */
export async function ingestServer(options: Partial<IngestOptions> = {}): Promise<TestIngest> {
  const directory = temporaryDirectory();
  const store = openStore(directory);
  const lines: string[] = [];
  const ingest = await startIngest({
    host: '127.0.0.1',
    port: 0,
    insert: store.insert,
    log: (line) => lines.push(line),
    ...options,
  });
  cleanup(async () => {
    await ingest.drain();
    store.close();
  });
  const url = `${options.tls ? 'https' : 'http'}://127.0.0.1:${ingest.address.port}`;
  return {
    ...ingest,
    url,
    store,
    directory,
    lines,
    stored: () => storedRows(store),
    post: (path, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', connection: 'close', ...headers },
      }),
    async metric(name) {
      const text = await ingest.metrics.text();
      const line = text.split('\n').find((one) => one.startsWith(`wasp_collector_${name} `));
      if (!line) throw new Error(`There is no metric ${name}`);
      return Number(line.split(' ').at(-1));
    },
  };
}
