/**
 * Who was forgotten, by the hash of their id: a receiver that was away while it happened must neither bring them back nor
 * keep them.
 */
import { createHash } from 'node:crypto';
import type { NumberedEvent } from '../store/event.ts';
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
