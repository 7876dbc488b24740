/** The collector's listener over a store that is there already, or over none; says what receiving has cost. */
import { readFileSync } from 'node:fs';
import { watchedInsert } from '../../src/collector/commands/serve/watched-insert.ts';
import { startIngest } from '../../src/collector/ingest/server.ts';
import type { Event } from '../../src/collector/store/event.ts';
import { openStore } from '../../src/collector/store/open-store.ts';

/** What the process has used since it began to listen. */
export interface Usage {
  stored: number;
  /** Microseconds of all its threads. */
  cpu: number;
  /** Bytes. */
  written: number;
  read: number;
  /** Milliseconds. */
  longestCommit: number;
}

const [dataDir = ''] = process.argv.slice(2);
// As `serve` stores.
const store = dataDir ? watchedInsert(openStore(dataDir, { busyTimeout: 10, receiving: true })) : undefined;
let stored = 0;
let longestCommit = 0;

function insert(events: readonly Event[]) {
  const start = performance.now();
  const inserted = store?.insert(events) ?? { stored: events.length, duplicates: 0 };
  longestCommit = Math.max(longestCommit, performance.now() - start);
  stored += inserted.stored;
  return inserted;
}

/** Linux alone counts them. */
function bytes(): { written: number; read: number } {
  try {
    const text = readFileSync('/proc/self/io', 'utf8');
    const of = (name: string) => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(text)?.[1]);
    return { written: of('write_bytes'), read: of('read_bytes') };
  } catch {
    return { written: Number.NaN, read: Number.NaN };
  }
}

const off = Number.POSITIVE_INFINITY;
const { address } = await startIngest({
  ...{ host: '127.0.0.1', port: 0, addressLimit: off, keyLimit: off },
  insert,
  log: console.error,
});
const cpuBefore = process.cpuUsage();
const before = bytes();
process.on('message', () => {
  const { user, system } = process.cpuUsage(cpuBefore);
  const now = bytes();
  const usage: Usage = {
    stored,
    cpu: user + system,
    written: now.written - before.written,
    read: now.read - before.read,
    longestCommit,
  };
  process.send?.(usage);
});
process.send?.(address.port);
