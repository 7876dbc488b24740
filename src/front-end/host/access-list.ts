import { loadFfi } from './ffi.ts';

/** More than any access control list, in bytes. */
const LIMIT = 65_536;

/**
 * The POSIX access control list of what `file` leads to, as Linux's kernel keeps it; undefined if it has none, or if it
 * can't be told.
 */
export function accessList(file: string): Uint8Array | undefined {
  const ffi = loadFfi();
  if (!ffi) return undefined;
  const { functions } = ffi.dlopen(null, {
    getxattr: { arguments: ['string', 'string', 'pointer', 'uint64'], return: 'int64' },
  });
  const bytes = new Uint8Array(LIMIT);
  const length = Number(functions.getxattr(file, 'system.posix_acl_access', bytes, BigInt(LIMIT)));
  return length > 0 ? bytes.subarray(0, length) : undefined;
}
