/** Who may write by an access control list of POSIX, as Linux's kernel keeps it: acl(5), linux/posix_acl_xattr.h. */

const VERSION = 2;
const HEADER = 4;
const ENTRY = 8;
const WRITE = 2;
const [USER, OWN_GROUP, GROUP, MASK] = [0x02, 0x04, 0x08, 0x10];

/** Users and groups beside the owner and everyone, by their ids. */
export interface Writers {
  readonly users: readonly number[];
  readonly groups: readonly number[];
}

/**
 * Those that a list lets write; undefined if it isn't understood.
 * @param group of the file
 */
export function writersIn(list: Uint8Array, group: number): Writers | undefined {
  const view = Buffer.from(list.buffer, list.byteOffset, list.byteLength);
  if (view.length % ENTRY !== HEADER || view.readUInt32LE(0) !== VERSION) return undefined;
  const entries = Array.from({ length: (view.length - HEADER) / ENTRY }, (_, index) => {
    const at = HEADER + index * ENTRY;
    return { tag: view.readUInt16LE(at), may: view.readUInt16LE(at + 2), id: view.readUInt32LE(at + 4) };
  });
  // What the mask doesn't have, no entry but the owner's and everyone's gives.
  const mask = entries.find(({ tag }) => tag === MASK)?.may ?? WRITE;
  const writers = entries.filter(({ may }) => may & mask & WRITE);
  const ofTag = (wanted: number) => writers.filter(({ tag }) => tag === wanted).map(({ id }) => id);
  return { users: ofTag(USER), groups: [...ofTag(OWN_GROUP).map(() => group), ...ofTag(GROUP)] };
}
