/** Applies the filters of a report (`report/selection.ts`, `report/bursts.ts`). */
import { BURST_RETURN, burstsAmong } from '../report/bursts.ts';
import type { Filters, LeftOut } from '../report/selection.ts';
import type { Asker } from './ask.ts';
import { type ClickHouse, selectFromAll } from './cluster.ts';
import { EVENTS } from './schema.ts';
import { commands, type LeftOutUsers, type UserPart } from './scope.ts';

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
    users: { excluded, burstUsers: bursts.users },
    told: {
      excluded: excluded.length,
      burstMinimum,
      bursts: bursts.quarters.length,
      burstPersons: bursts.users.length,
    },
  };
}

const NO_USERS = new BigUint64Array();
const NONE = { quarters: [] as number[], users: NO_USERS };

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

async function findBursts(ask: Asker, excluded: readonly string[], until: number, minimum: number) {
  const firstAndLast = (users: UserPart, only?: string) => {
    const scope = { users, environments: ['local' as const], until, excluded, burstUsers: NO_USERS };
    return `SELECT user_key, min(quarter) AS first, max(quarter) AS last FROM ${commands(scope, 'user_key, quarter', only)} GROUP BY user_key`;
  };
  const counts = new Map<number, number>();
  await ask.rows(
    (users) => `SELECT first, count() FROM (${firstAndLast(users)}) GROUP BY first`,
    (rows) => {
      for (const row of rows) {
        const [first = 0, count = 0] = row.map(Number);
        counts.set(first, count + (counts.get(first) ?? 0));
      }
    },
  );
  const quarters = burstsAmong(counts, minimum);
  if (quarters.length === 0) return NONE;
  // 64-bit numbers take a fifth of the memory of bigints, and there may be millions.
  const parts: BigUint64Array[] = [];
  await ask.rows(
    (users) =>
      `SELECT toString(user_key) FROM (${firstAndLast(users, reportedIn(quarters, users))})
       WHERE first IN (${quarters.join()}) AND last - first <= ${BURST_RETURN}`,
    (rows) => void parts.push(BigUint64Array.from(rows, ([key]) => BigInt(key as string))),
  );
  return { quarters, users: joined(parts).sort() };
}

/** The condition that a user has a report in one of these quarter hours: few have, and only theirs are looked at. */
function reportedIn(quarters: readonly number[], { from, to }: UserPart): string {
  // The expression keeps old servers from running the subquery once more to choose what to read.
  return `bitXor(user_key, 0) IN (SELECT user_key FROM ${EVENTS} WHERE user_key >= ${from} AND user_key <= ${to} AND quarter IN (${quarters.join()}))`;
}

function joined(parts: readonly BigUint64Array[]): BigUint64Array {
  const all = new BigUint64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}
