/** Applies the filters of a report (`report/selection.ts`, `report/bursts.ts`). */
import { burstsAmong } from '../report/bursts.ts';
import type { Filters, LeftOut } from '../report/selection.ts';
import type { Asker } from './ask.ts';
import { type ClickHouse, selectFromAll } from './cluster.ts';
import { EVENTS } from './schema.ts';
import { firstAndLast, IS_BRIEF, type LeftOutUsers } from './scope.ts';

/** Ids in one question. */
const IDS_AT_ONCE = 10_000;

/** @param until the last quarter hour whose reports count */
export async function findLeftOut(
  clickHouse: ClickHouse,
  ask: Asker,
  { exclude, burstMinimum }: Filters,
  until: number,
): Promise<{ users: LeftOutUsers; told: LeftOut }> {
  const excluded = await keysOf(clickHouse, exclude);
  const bursts = burstMinimum === null ? NONE : await findBursts(ask, excluded, until, burstMinimum);
  return {
    users: { excluded, bursts: bursts.quarters },
    told: {
      excluded: excluded.length,
      burstMinimum,
      bursts: bursts.quarters.length,
      burstPersons: bursts.users,
    },
  };
}

const NONE = { quarters: [] as number[], users: 0 };

/** The keys of those ids that have ever reported. */
async function keysOf(clickHouse: ClickHouse, ids: readonly string[]): Promise<string[]> {
  const keys = new Set<string>();
  for (let index = 0; index < ids.length; index += IDS_AT_ONCE) {
    // As hex, since a value must not become part of a statement; old servers know no parameters.
    const list = ids
      .slice(index, index + IDS_AT_ONCE)
      .map((id) => `sipHash64(unhex('${Buffer.from(id).toString('hex')}'))`);
    const rows = await selectFromAll(
      clickHouse,
      `SELECT DISTINCT toString(user_key) FROM ${EVENTS} WHERE user_key IN (${list.join()})`,
    );
    for (const [key] of rows) keys.add(String(key));
  }
  return [...keys];
}

/** The quarter hours with a burst, and how many users they brought. */
async function findBursts(ask: Asker, excluded: readonly string[], until: number, minimum: number) {
  const sums = await ask.sums(
    (users) =>
      `SELECT first, count(), countIf(${IS_BRIEF}) FROM ${firstAndLast({ users, until, excluded })} GROUP BY first`,
    1,
  );
  const newUsers = sums.entries.map(({ key, values }) => [Number(key[0]), values[0] as number] as const);
  const quarters = burstsAmong(new Map(newUsers), minimum);
  const users = quarters.reduce((sum, quarter) => sum + (sums.at(quarter)[1] as number), 0);
  return { quarters, users };
}
