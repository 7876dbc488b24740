/** Who was forgotten in ClickHouse is removed from a receiver's own log too, and from ClickHouse if it brought them back. */
import type { NumberedEvent } from '../store/event.ts';
import type { Store } from '../store/store.ts';
import type { ClickHouse } from './cluster.ts';
import { type ForgottenUsers, forgottenUsers, idHash, isForgotten } from './forgotten.ts';
import { removeWhatCameLate } from './remove-users.ts';

export interface ForgottenHere {
  /** Asks ClickHouse who was forgotten. @throws ClickHouseError */
  update(): Promise<void>;
  /** Was this event received before its user was forgotten? As of the last update. */
  has(event: NumberedEvent): boolean;
  /** Removes those who are new since the last time. @throws ClickHouseError */
  remove(): Promise<void>;
}

export function forgottenHere(
  store: Pick<Store, 'eventsSince' | 'forget'>,
  clickHouse: ClickHouse,
): ForgottenHere {
  let users: ForgottenUsers = new Map();
  let removed: ForgottenUsers = new Map();
  return {
    async update() {
      users = await forgottenUsers(clickHouse);
    },
    has: (event) => isForgotten(users, event),
    async remove() {
      // Also who was forgotten once more, and so at a later time.
      const isNew = [...users].some(([hash, until]) => removed.get(hash) !== until);
      if (!isNew) return;
      const ids = idsIn(store, users);
      if (ids.size > 0) {
        // What was on its way while they were forgotten has arrived afterwards.
        await removeWhatCameLate(clickHouse, ids);
        store.forget([...ids.keys()]);
      }
      removed = users;
    },
  };
}

/** Events looked at in one go. */
const PAGE = 10_000;

/** The ids in a log that were forgotten, each with the time until which its reports are gone. */
function idsIn(store: Pick<Store, 'eventsSince'>, users: ForgottenUsers): Map<string, number> {
  const ids = new Map<string, number>();
  for (let page = store.eventsSince(0, PAGE); page.length > 0; ) {
    for (const event of page) {
      const until = isForgotten(users, event) ? users.get(idHash(event.distinctId)) : undefined;
      if (until !== undefined) ids.set(event.distinctId, until);
    }
    page = store.eventsSince(page.at(-1)?.number as number, PAGE);
  }
  return ids;
}
