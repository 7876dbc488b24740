/** A batch of events → chunks. */
import type { DatabaseSync } from 'node:sqlite';
import { ENVIRONMENTS } from '../../environment.ts';
import { KINDS, type Kind } from '../../kinds.ts';
import { DAY_MS, QUARTER_HOUR_MS } from '../../quarter-hours.ts';
import { readMeta } from '../meta.ts';
import { byUser, type Columns, joined } from './chunk.ts';
import { columnsOf, values } from './columns.ts';
import type { Identified } from './identities.ts';
import type { Meaning, Meanings } from './meanings.ts';
import type { Batch } from './read-batch.ts';

/**
 * A chunk with fewer rows than this is extended, a fuller one is left alone. Bounds both how much a small
 * batch rewrites (200 KB) and how many chunks there are.
 */
const FULL = 16_384;

const KIND_COUNT = Object.keys(KINDS).length;

/** Events of a batch that belong into the same chunk. */
export interface Group {
  day: number;
  kind: Kind;
  environment: number;
  quarterHour: number[];
  user: number[];
  project: number[];
  dimensions: number[];
}

export interface ChunkWriter {
  grouped(batch: Batch, meanings: Meanings, ids: Identified): Group[];
  /** In the caller's transaction. */
  store(group: Group): void;
}

export function chunkWriter(database: DatabaseSync): ChunkWriter {
  const extendable = database.prepare(`
    SELECT id, slot, user, project, dimensions FROM rollup_chunk
    WHERE day = ? AND kind = ? AND environment = ? AND rows < ${FULL} LIMIT 1`);
  const insert = database.prepare(`
    INSERT INTO rollup_chunk (day, kind, environment, rows, slot, user, project, dimensions)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const extend = database.prepare(
    'UPDATE rollup_chunk SET rows = ?, slot = ?, user = ?, project = ?, dimensions = ? WHERE id = ?',
  );
  return {
    grouped: (batch, meanings, ids) => grouped(database, batch, meanings, ids),
    store({ day, kind, environment, ...lists }) {
      const added: Columns = {
        quarterHour: Uint8Array.from(lists.quarterHour),
        user: Uint32Array.from(lists.user),
        project: Uint32Array.from(lists.project),
        dimensions: Uint32Array.from(lists.dimensions),
      };
      const row = extendable.get(day, kind, environment);
      const columns = values(byUser(row ? joined(columnsOf(row), added) : added));
      if (row) extend.run(...columns, row.id as number);
      else insert.run(day, kind, environment, ...columns);
    },
  };
}

function grouped(database: DatabaseSync, batch: Batch, meanings: Meanings, ids: Identified): Group[] {
  const keptBefore = readMeta(database, 'rollup_kept_before');
  const keptUntil = readMeta(database, 'rollup_kept_until');
  const groups = new Map<number, Group>();
  for (let event = 0; event < batch.size; event += 1) {
    const receivedAt = batch.receivedAt[event] as number;
    if ((batch.number[event] as number) <= keptUntil && receivedAt < keptBefore) continue;
    const day = Math.floor(receivedAt / DAY_MS);
    const { kind, environment, dimensions } = meanings.get(batch.words[event] as number) as Meaning;
    const key = (day * KIND_COUNT + kind) * ENVIRONMENTS.length + environment;
    let group = groups.get(key);
    if (!group) {
      group = { day, kind, environment, quarterHour: [], user: [], project: [], dimensions: [] };
      groups.set(key, group);
    }
    group.quarterHour.push(Math.floor((receivedAt - day * DAY_MS) / QUARTER_HOUR_MS));
    group.user.push(ids.user[event] as number);
    group.project.push(ids.project[event] as number);
    group.dimensions.push(dimensions);
  }
  return [...groups.values()];
}
