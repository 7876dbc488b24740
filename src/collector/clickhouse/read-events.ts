import type { Kind } from '../kinds.ts';
import type { NumberedEvent } from '../store/event.ts';
import type { TimeRange } from '../store/store.ts';
import type { ClickHouse } from './cluster.ts';
import { EVENTS, SENT_COLUMNS } from './schema.ts';
import type { Cell, ClickHouseServer } from './server.ts';
import { userRanges } from './user-ranges.ts';

/** Events in a part, about; a shard's parts are read one after the other, so that memory stays flat. */
const PART = 20_000;

/** An event with its uuid, as an export has it. */
export interface ReadEvent {
  event: NumberedEvent;
  uuid: Uint8Array;
}

/** All events of this time, each once, in the order of shards and users. @throws ClickHouseError */
export async function* readEvents({ shards }: ClickHouse, range: TimeRange): AsyncGenerator<ReadEvent> {
  for (const shard of shards) {
    const events = Number((await shard.select(`SELECT count() FROM ${EVENTS}`))[0]?.[0]);
    for (const users of userRanges(Math.max(1, Math.ceil(events / PART)))) {
      const conditions = [
        `user_key >= ${users.from} AND user_key <= ${users.to}`,
        ...(range.from === undefined ? [] : [`received_at >= ${range.from}`]),
        ...(range.to === undefined ? [] : [`received_at < ${range.to}`]),
      ];
      yield* readPart(shard, conditions.join(' AND '));
    }
  }
}

async function* readPart(shard: ClickHouseServer, condition: string): AsyncGenerator<ReadEvent> {
  const sql = `SELECT ${SENT_COLUMNS.join(', ')} FROM ${EVENTS} FINAL WHERE ${condition} ORDER BY user_key, received_at, number`;
  for (const row of await shard.select(sql)) yield eventOf(row);
}

function eventOf(row: readonly Cell[]): ReadEvent {
  const of = (column: (typeof SENT_COLUMNS)[number]) => row[SENT_COLUMNS.indexOf(column)] as Cell;
  return {
    uuid: Buffer.from(String(of('uuid')), 'hex'),
    event: {
      number: Number(of('number')),
      receivedAt: Number(of('received_at')),
      kind: Number(of('kind')) as Kind,
      distinctId: String(of('distinct_id')),
      projectHash: String(of('project_hash')) || null,
      isBuild: Number(of('is_build')) === 1,
      deploy: String(of('deploy')),
      version: String(of('version')),
      os: String(of('os')),
      context: String(of('context')),
      clientTime: of('client_time') === null ? null : Number(of('client_time')),
      uuid: null,
    },
  };
}
