/**
 * Most clients send no uuid, but an exported event needs one, or importing a file twice would count every event
 * twice. It is made of the event's id and of the store's `export_tag`, in the form of a version 8 UUID, so that it
 * costs nothing until then.
 *
 *     bytes 0–5 event id │ 6 version + 4 bits of tag │ 7 tag │ 8 variant + 6 bits of tag │ 9–15 tag
 */
import type { DatabaseSync } from 'node:sqlite';
import type { DroppedEvents } from './dropped-events.ts';
import type { Event } from './event.ts';
import { storedId } from './stored-id.ts';

export function exportedUuid(tag: Uint8Array, eventId: number): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(eventId, 0, 6);
  bytes.set([0x80 | ((tag[0] ?? 0) & 0x0f), tag[1] ?? 0, 0x80 | ((tag[2] ?? 0) & 0x3f)], 6);
  bytes.set(tag.subarray(2), 9);
  return bytes;
}

export function exportTag(database: DatabaseSync): Uint8Array {
  return database.prepare("SELECT value FROM meta WHERE key = 'export_tag'").get()?.value as Uint8Array;
}

/**
 * Tells whether an event to be imported is one that this very store exported, and has or has dropped. A restored backup has
 * the same tag and gives the same ids to other events later, so time and user are compared too.
 */
export function ownExportDetector(
  database: DatabaseSync,
  tag: Uint8Array,
  dropped: DroppedEvents,
): (event: Event) => boolean {
  const find = database.prepare('SELECT 1 FROM log WHERE id = ? AND received_at = ? AND distinct_id = ?');
  return ({ uuid, receivedAt, distinctId }) => {
    if (!uuid) return false;
    const id = Buffer.from(uuid).readUIntBE(0, 6);
    if (Buffer.compare(exportedUuid(tag, id), uuid) !== 0) return false;
    const made = { receivedAt, distinctId: storedId(distinctId) };
    return find.get(id, receivedAt, made.distinctId) !== undefined || dropped.has({ uuid, made });
  };
}
