/**
 * Which events retention has dropped: their totals stay in the rollups, so one that is imported once more would count
 * twice. A few bytes of a digest of each are kept, out of which neither the event nor its user can be found.
 */
import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { KnownUuids } from './known-uuids.ts';

/** Of each digest; among ten million events a mistake has odds of one in a hundred thousand. */
const BYTES = 8;

/** What tells an event from all others. */
export interface Identity {
  uuid: Uint8Array;
  /**
   * Of an event that came without a uuid, when it was received (milliseconds UTC) and the id as it is stored: a restored
   * backup makes the same uuids for other events.
   */
  made?: { receivedAt: number; distinctId: Uint8Array | string };
}

export interface DroppedEvents {
  /** Was this one dropped? The first call reads all that is known of them, later ones what other processes have added. */
  has(identity: Identity): boolean;
}

export function droppedEvents(database: DatabaseSync): DroppedEvents {
  const known = new KnownUuids(Number.POSITIVE_INFINITY, BYTES / 4);
  const read = database.prepare('SELECT id, digests FROM dropped WHERE id > ? ORDER BY id');
  let seen = 0;

  function readNew(): void {
    for (const row of read.iterate(seen)) {
      const digests = row.digests as Uint8Array;
      for (let at = 0; at < digests.length; at += BYTES) {
        known.add(digests.subarray(at, at + BYTES), 0);
      }
      seen = row.id as number;
    }
  }

  return {
    has(identity) {
      readNew();
      return known.has(digestOf(identity));
    },
  };
}

/**
 * Returns the function that notes, in the caller's transaction, which events of the log are about to be dropped.
 * @param uuidOf what an export gives the event with this number, if it came without one
 */
export function dropNoter(
  database: DatabaseSync,
  uuidOf: (number: number) => Uint8Array,
): (first: number, last: number, cutoff: number) => void {
  const find = database.prepare(
    'SELECT id, uuid, received_at, distinct_id FROM log WHERE id BETWEEN ? AND ? AND received_at < ?',
  );
  const note = database.prepare('INSERT INTO dropped (digests) VALUES (?)');
  return (first, last, cutoff) => {
    const digests = find.all(first, last, cutoff).map(({ id, uuid, received_at, distinct_id }) =>
      digestOf(
        uuid === null
          ? {
              uuid: uuidOf(id as number),
              made: {
                receivedAt: received_at as number,
                distinctId: distinct_id as Uint8Array | string,
              },
            }
          : { uuid: uuid as Uint8Array },
      ),
    );
    note.run(Buffer.concat(digests));
  };
}

function digestOf({ uuid, made }: Identity): Uint8Array {
  const rest = made === undefined ? '' : `${made.receivedAt} ${Buffer.from(made.distinctId).toString('hex')}`;
  return hash('sha256', Buffer.concat([uuid, Buffer.from(rest)]), 'buffer').subarray(0, BYTES);
}
