/** Sends batches of a receiver's log to ClickHouse, each event to the shard of its user. */
import type { Batch } from './batch.ts';
import type { ClickHouse } from './cluster.ts';
import { EVENTS, SENT_COLUMNS } from './schema.ts';
import type { Settings } from './server.ts';

/**
 * Returns when ClickHouse has confirmed every one of them, in a cluster on a majority of each shard's replicas. A batch
 * that fails, or whose confirmation is lost, is sent again as a whole: each event still counts once.
 * @throws ClickHouseError
 */
export async function ship(clickHouse: ClickHouse, { lines }: Pick<Batch, 'lines'>): Promise<void> {
  await Promise.all(
    clickHouse.shards.map(async (shard, index) => {
      const own = lines[index] as string;
      if (own !== '') await shard.insert(EVENTS, SENT_COLUMNS, own, quorumSettings(clickHouse));
    }),
  );
}

/** A replica that is away must not hold up the answer for ever; the batch is tried again. */
const QUORUM_TIMEOUT = 60_000;

/** How an insert is confirmed. */
export function quorumSettings({ quorum }: Pick<ClickHouse, 'quorum'>): Settings {
  return quorum < 2 ? {} : { insert_quorum: quorum, insert_quorum_timeout: QUORUM_TIMEOUT };
}
