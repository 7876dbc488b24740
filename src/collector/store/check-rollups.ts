/**
 * Do the rollups say what the log says? Both are added up, a day and kind at a time, to numbers that don't depend on the
 * order: how many events, and a sum over who, when and what. So a bit that has changed in either is noticed.
 */
import type { DatabaseSync } from 'node:sqlite';
import { KINDS } from '../kinds.ts';
import { DAY_MS, QUARTER_HOUR_MS } from '../quarter-hours.ts';
import { readMeta } from './meta.ts';
import type { Columns } from './rollup/chunk.ts';
import { columnsOf } from './rollup/columns.ts';
import { readDimensions } from './rollup/dimensions.ts';
import { identified } from './rollup/identities.ts';
import { batchReader } from './rollup/read-batch.ts';
import { removalsAreDue } from './rollup/remove-users.ts';
import { rollupState } from './rollup/state.ts';

/** Events at a time, as many as are read when rollups are made. */
const BATCH = 250_000;
/** Sentences; one user who is gone makes one for each day. */
const MOST = 5;

const KIND_COUNT = Object.keys(KINDS).length;

interface Sum {
  events: number;
  /** 32 bits. */
  sum: number;
}

/** By day and kind. */
type Sums = Map<number, Sum>;

/** A sentence for each day on which they differ, of those that retention has left; nothing while rollups are being made anew. */
export function* rollupContradictions(database: DatabaseSync): Generator<string> {
  const { generation, builtGeneration } = rollupState(database);
  if (generation !== builtGeneration || removalsAreDue(database)) return;
  const fromDay = readMeta(database, 'raw_from') / DAY_MS;
  const [log, rollups] = [sumsOfLog(database, fromDay), sumsOfRollups(database, fromDay)];
  const keys = [...new Set([...log.keys(), ...rollups.keys()])].sort((one, other) => one - other);
  let told = 0;
  for (const key of keys) {
    const none = { events: 0, sum: 0 };
    const [one, other] = [log.get(key) ?? none, rollups.get(key) ?? none];
    if (one.events === other.events && one.sum === other.sum) continue;
    told += 1;
    if (told > MOST) return yield 'there are more such days';
    const day = new Date(Math.floor(key / KIND_COUNT) * DAY_MS).toISOString().slice(0, 10);
    yield one.events === other.events
      ? `of ${day} the rollups say something else than the log: say wasp-collector rollup --rebuild`
      : `of ${day} the log has ${one.events} events, the rollups ${other.events}: say wasp-collector rollup --rebuild`;
  }
}

function sumsOfLog(database: DatabaseSync, fromDay: number): Sums {
  const { watermark, ...state } = rollupState(database);
  const read = batchReader(database);
  const meanings = meaningsOf(database);
  const sums: Sums = new Map();
  for (let last = 0; last < watermark; ) {
    const batch = read({ ...state, watermark: last }, Math.min(BATCH, watermark - last));
    if (batch.size === 0) break;
    const { user, project } = identified(database, batch);
    for (let event = 0; event < batch.size; event += 1) {
      if ((batch.number[event] as number) > watermark) break;
      const receivedAt = batch.receivedAt[event] as number;
      const day = Math.floor(receivedAt / DAY_MS);
      const meaning = meanings.get(batch.words[event] as number);
      if (meaning === undefined || day < fromDay) continue;
      const quarterHour = Math.floor((receivedAt - day * DAY_MS) / QUARTER_HOUR_MS);
      const mixed = mix(quarterHour, user[event] as number, project[event] as number, meaning.dimensions);
      add(sums, day * KIND_COUNT + meaning.kind, mixed);
    }
    last = batch.last;
  }
  return sums;
}

function sumsOfRollups(database: DatabaseSync, fromDay: number): Sums {
  const sums: Sums = new Map();
  const chunks = database.prepare('SELECT * FROM rollup_chunk WHERE day >= ?');
  for (const chunk of chunks.iterate(fromDay)) {
    const { quarterHour, user, project, dimensions }: Columns = columnsOf(chunk);
    const key = (chunk.day as number) * KIND_COUNT + (chunk.kind as number);
    for (let row = 0; row < quarterHour.length; row += 1) {
      const values = [quarterHour[row], user[row], project[row], dimensions[row]] as [
        number,
        number,
        number,
        number,
      ];
      add(sums, key, mix(...values));
    }
  }
  return sums;
}

/** By number of the words. Environments are left out: those of stored events are what they were when they were read. */
function meaningsOf(database: DatabaseSync): Map<number, { kind: number; dimensions: number }> {
  const numbers = new Map<string, number>();
  readDimensions(database).forEach(({ isBuild, ...texts }, number) => {
    numbers.set(JSON.stringify([isBuild, texts.deploy, texts.version, texts.os]), number);
  });
  const rows = database.prepare('SELECT id, kind, is_build, deploy, version, os FROM words').all();
  return new Map(
    rows.map(({ id, kind, is_build, deploy, version, os }) => [
      id as number,
      {
        kind: kind as number,
        dimensions: numbers.get(JSON.stringify([is_build === 1, deploy, version, os])) ?? 0,
      },
    ]),
  );
}

function add(sums: Sums, key: number, mixed: number): void {
  const sum = sums.get(key);
  if (sum === undefined) sums.set(key, { events: 1, sum: mixed });
  else {
    sum.events += 1;
    sum.sum = (sum.sum + mixed) | 0;
  }
}

/** Any one bit of any of them changes about half of the result. */
function mix(quarterHour: number, user: number, project: number, dimensions: number): number {
  let mixed = quarterHour + 1;
  for (const value of [user, project, dimensions]) {
    mixed = Math.imul(mixed ^ value, 0x9e3779b1);
    mixed ^= mixed >>> 15;
  }
  mixed = Math.imul(mixed, 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
