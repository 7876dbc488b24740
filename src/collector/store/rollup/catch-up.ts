/**
 * Brings the rollups up to the newest event.
 *
 * Rollups continue where they stopped: `rollup_watermark` is the highest event id that they contain, and it
 * moves in the same transaction as the chunks that it stands for. A crash between two batches repeats nothing
 * and loses nothing. Batches are read and sorted outside of any transaction and written in one that takes
 * milliseconds, so that ingest hardly waits. Any number of processes may do this at once: whoever finds that
 * the watermark has moved meanwhile throws its batch away.
 *
 * Late events need no care: a chunk belongs to the day on which its events were received, whenever they
 * arrive. Only removed events make a rebuild necessary (`rebuild.ts`).
 */
import type { DatabaseSync } from 'node:sqlite';
import { ENVIRONMENTS, environmentOf } from '../../environment.ts';
import { KINDS } from '../../kinds.ts';
import type { Kind } from '../event.ts';
import { readMeta, writeMeta } from '../meta.ts';
import type { Progress } from '../store.ts';
import { byPerson, type Columns, DAY_MS, joined, SLOT_MS } from './chunk.ts';
import { columnsOf, values } from './columns.ts';
import { needsRebuild, startRebuild } from './rebuild.ts';

/** Events per transaction: about 100 ms of reading, then a write of about 10 ms. */
const BATCH = 50_000;

/**
 * A chunk with fewer rows than this is extended, a fuller one is left alone. Bounds both how much a small
 * batch rewrites (200 KB) and how many chunks there are.
 */
const FULL = 16_384;

const KIND_COUNT = Object.keys(KINDS).length;

/**
 * Returns when every event that was there at the start is in the rollups, with the id of the newest of them.
 * Throws SQLite's errors.
 */
export function catchUp(database: DatabaseSync, onProgress: Progress = () => {}, batch = BATCH): number {
  const writer = chunkWriter(database);
  const goal = newestEvent(database);
  for (;;) {
    // Looked at before each batch: somebody may be forgotten at any time.
    if (needsRebuild(database)) startRebuild(database);
    const watermark = readMeta(database, 'rollup_watermark');
    onProgress(Math.min(watermark, goal), goal);
    const events = watermark < goal ? readEvents(database, watermark, batch) : [];
    const last = events.at(-1);
    if (!last) return goal;
    writer.write(watermark, last[0], events);
  }
}

function newestEvent(database: DatabaseSync): number {
  return (database.prepare('SELECT max(id) AS id FROM event').get()?.id as number | null) ?? 0;
}

/** id, received_at, kind, person, project, is_build, deploy, version, os, context */
type EventRow = [number, number, Kind, number, number, number, number, number, number, number];

function readEvents(database: DatabaseSync, after: number, limit: number): EventRow[] {
  const statement = database.prepare(`
    SELECT id, received_at, kind, person, coalesce(project, 0), is_build, deploy, version, os, context
    FROM event WHERE id > ? ORDER BY id LIMIT ?`);
  // Arrays take half the time of objects, and this is most of a rebuild.
  statement.setReturnArrays(true);
  return statement.all(after, limit) as unknown as EventRow[];
}

interface Group {
  day: number;
  kind: Kind;
  environment: number;
  slot: number[];
  person: number[];
  project: number[];
  shape: number[];
}

function chunkWriter(database: DatabaseSync) {
  const environment = rememberedEnvironment(database);
  const shape = rememberedShape(database);
  const extendable = database.prepare(`
    SELECT id, slot, person, project, shape FROM rollup_chunk
    WHERE day = ? AND kind = ? AND environment = ? AND rows < ${FULL} LIMIT 1`);
  const insert = database.prepare(`
    INSERT INTO rollup_chunk (day, kind, environment, rows, slot, person, project, shape)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const extend = database.prepare(
    'UPDATE rollup_chunk SET rows = ?, slot = ?, person = ?, project = ?, shape = ? WHERE id = ?',
  );

  function grouped(events: readonly EventRow[]): Group[] {
    const keptBefore = readMeta(database, 'rollup_kept_before');
    const keptUntil = readMeta(database, 'rollup_kept_until');
    const groups = new Map<number, Group>();
    for (const [id, receivedAt, kind, person, project, isBuild, deploy, version, os, context] of events) {
      if (id <= keptUntil && receivedAt < keptBefore) continue;
      const day = Math.floor(receivedAt / DAY_MS);
      const where = environment(context);
      const key = (day * KIND_COUNT + kind) * ENVIRONMENTS.length + where;
      let group = groups.get(key);
      if (!group) {
        group = { day, kind, environment: where, slot: [], person: [], project: [], shape: [] };
        groups.set(key, group);
      }
      group.slot.push(Math.floor((receivedAt - day * DAY_MS) / SLOT_MS));
      group.person.push(person);
      group.project.push(project);
      group.shape.push(shape(isBuild, deploy, version, os));
    }
    return [...groups.values()];
  }

  function store({ day, kind, environment, ...lists }: Group): void {
    const added: Columns = {
      slot: Uint8Array.from(lists.slot),
      person: Uint32Array.from(lists.person),
      project: Uint32Array.from(lists.project),
      shape: Uint32Array.from(lists.shape),
    };
    const row = extendable.get(day, kind, environment);
    const columns = values(byPerson(row ? joined(columnsOf(row), added) : added));
    if (row) extend.run(...columns, row.id as number);
    else insert.run(day, kind, environment, ...columns);
  }

  return {
    /** Stores the events `after` < id <= `upTo`, unless another process was faster. */
    write(after: number, upTo: number, events: readonly EventRow[]): void {
      const generation = readMeta(database, 'rollup_built_generation');
      const groups = grouped(events);
      database.exec('BEGIN IMMEDIATE');
      try {
        // A rebuild that has begun means that the batch may hold somebody who has been forgotten since.
        const isOurs =
          readMeta(database, 'rollup_watermark') === after &&
          readMeta(database, 'rollup_built_generation') === generation &&
          !needsRebuild(database);
        if (isOurs) {
          for (const group of groups) store(group);
          writeMeta(database, 'rollup_watermark', upTo);
        }
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}

/** Label id of a context → index of its environment. */
function rememberedEnvironment(database: DatabaseSync): (context: number) => number {
  const text = database.prepare('SELECT text FROM label WHERE id = ?');
  const known = new Map<number, number>();
  return (context) => {
    let environment = known.get(context);
    if (environment === undefined) {
      environment = ENVIRONMENTS.indexOf(
        environmentOf((text.get(context)?.text as string | undefined) ?? ''),
      );
      known.set(context, environment);
    }
    return environment;
  };
}

/**
 * The id of a combination of labels. A missing one is made at once, in a transaction of its own: it means
 * nothing until a chunk names it, and the chunks' transaction stays short.
 */
function rememberedShape(database: DatabaseSync) {
  const find = database.prepare(
    'SELECT id FROM rollup_shape WHERE is_build = ? AND deploy = ? AND version = ? AND os = ?',
  );
  const make = database.prepare(
    'INSERT INTO rollup_shape (is_build, deploy, version, os) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const known = new Map<string, number>();
  return (isBuild: number, deploy: number, version: number, os: number): number => {
    const key = `${isBuild} ${deploy} ${version} ${os}`;
    let id = known.get(key);
    if (id === undefined) {
      const values = [isBuild, deploy, version, os];
      if (!find.get(...values)) make.run(...values);
      id = find.get(...values)?.id as number;
      known.set(key, id);
    }
    return id;
  };
}
