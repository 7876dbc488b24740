import type { DatabaseSync } from 'node:sqlite';
import { HASH_KEY_BYTES, hashKey, keySource, USER_KEY_BYTES, userKey } from '../stored-id.ts';
import type { RollupState } from './state.ts';

/** Consecutive events of the log, as columns. Events are read by the hundred thousand; as objects, they take thrice as long. */
export interface Batch {
  size: number;
  /** The number of the last one. */
  last: number;
  number: Float64Array;
  receivedAt: Float64Array;
  words: Uint32Array;
  /** {@link IDS_WORDS} 32-bit words per event: the user's key, and that of the project's hash. */
  ids: Uint32Array;
  /** 1 where there is a project. */
  hasProject: Uint8Array;
}

export const USER_WORDS = USER_KEY_BYTES / 4;
export const IDS_WORDS = USER_WORDS + HASH_KEY_BYTES / 4;

/** Rows at a time: few enough to be gone before the garbage collector looks at them twice. */
const PAGE = 5000;

/** In no project's hash, which stands behind it. */
const SEPARATOR = ' ';

/** Both ids as bytes, which they mostly are; one text for both, since every column costs as much as the rest of a row. */
const IDS = `
  iif(typeof(distinct_id) = 'blob' AND typeof(project_hash) = 'blob',
      hex(distinct_id) || hex(project_hash),
      ${keySource('distinct_id')} || '${SEPARATOR}' || ${keySource('project_hash')})`;

const ROWS = `SELECT id, received_at, words, ${IDS} FROM log WHERE id > ? ORDER BY id LIMIT ?`;

type Row = [number: number, receivedAt: number, words: number, ids: string];

/** Returns the function that reads up to `limit` events after the watermark, in order. */
export function batchReader(database: DatabaseSync): (state: RollupState, limit: number) => Batch {
  const statement = database.prepare(ROWS);
  // Arrays take half the time of objects.
  statement.setReturnArrays(true);
  return ({ watermark }, limit) => {
    const { batch, bytes } = emptyBatch(watermark, limit);
    while (batch.size < limit) {
      const rows = statement.all(batch.last, Math.min(PAGE, limit - batch.size)) as unknown as Row[];
      for (const row of rows) add(batch, bytes, row);
      if (rows.length < PAGE) break;
    }
    return batch;
  };
}

function emptyBatch(last: number, limit: number): { batch: Batch; bytes: Buffer } {
  const ids = new Uint32Array(limit * IDS_WORDS);
  return {
    batch: {
      ...{ size: 0, last, ids },
      number: new Float64Array(limit),
      receivedAt: new Float64Array(limit),
      words: new Uint32Array(limit),
      hasProject: new Uint8Array(limit),
    },
    bytes: Buffer.from(ids.buffer),
  };
}

function add(batch: Batch, bytes: Buffer, [number, receivedAt, words, ids]: Row): void {
  const event = batch.size;
  const at = event * IDS_WORDS * 4;
  batch.number[event] = number;
  batch.receivedAt[event] = receivedAt;
  batch.words[event] = words;
  const end = ids.lastIndexOf(SEPARATOR);
  const projectHash = ids.slice(end + 1);
  if (end < 0) bytes.write(ids, at, 'hex');
  else bytes.write(userKey(ids.slice(0, end)) + (projectHash && hashKey(projectHash)), at, 'hex');
  batch.hasProject[event] = projectHash === '' ? 0 : 1;
  batch.last = number;
  batch.size += 1;
}
