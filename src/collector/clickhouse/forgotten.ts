/**
 * Who was forgotten, by the hash of their id: a receiver that was away while it happened must neither bring them back nor
 * keep them.
 */
import { createHash } from 'node:crypto';
import type { NumberedEvent } from '../store/event.ts';
import type { Store } from '../store/store.ts';
import { type ClickHouse, selectFromAll } from './cluster.ts';

/** Hash of the id → the time until which reports of it are gone, in milliseconds UTC. */
export type ForgottenUsers = ReadonlyMap<string, number>;

export function idHash(distinctId: string): string {
  return createHash('sha256').update(distinctId).digest('hex');
}

export async function forgottenUsers(clickHouse: ClickHouse): Promise<ForgottenUsers> {
  const rows = await selectFromAll(clickHouse, 'SELECT id_hash, max(at) FROM forgotten GROUP BY id_hash');
  return new Map(rows.map(([hash, at]) => [String(hash), Number(at)]));
}

/** Was this event received before its user was forgotten? */
export function isForgotten(users: ForgottenUsers, { distinctId, receivedAt }: NumberedEvent): boolean {
  const until = users.size === 0 ? undefined : users.get(idHash(distinctId));
  return until !== undefined && receivedAt <= until;
}

/** Events looked at in one go. */
const PAGE = 10_000;

/** Forgets them in a receiver's own log too. @returns how many ids it knew */
export function forgetLocally(store: Pick<Store, 'eventsSince' | 'forget'>, users: ForgottenUsers): number {
  const ids = new Set<string>();
  for (let page = store.eventsSince(0, PAGE); page.length > 0; ) {
    for (const event of page) if (isForgotten(users, event)) ids.add(event.distinctId);
    page = store.eventsSince(page.at(-1)?.number as number, PAGE);
  }
  if (ids.size > 0) store.forget([...ids]);
  return ids.size;
}
