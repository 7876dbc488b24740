/**
 * A path as the real Wasp hashes it (observed with 0.25.0 in a UTF-8 locale). Haskell has a path as a string in which
 * each byte that is part of no character is an unpaired surrogate, U+DC80 to U+DCFF; and of a surrogate three bytes are
 * hashed.
 */
export function hashedBytes(path: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < path.length; ) {
    const length = characterLength(path, at);
    parts.push(length === 0 ? escaped(path[at]) : path.subarray(at, at + length));
    at += length || 1;
  }
  return Buffer.concat(parts);
}

/** The length of the character that begins there, in bytes; 0 if none does. */
function characterLength(bytes: Uint8Array, at: number): number {
  return [1, 2, 3, 4].find((length) => isText(Buffer.from(bytes.subarray(at, at + length)))) ?? 0;
}

function isText(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString()).equals(bytes);
}

/** The surrogate that stands for a byte, as UTF-8 would have it. */
function escaped(byte = 0): Uint8Array {
  const surrogate = 0xdc00 + byte;
  return Uint8Array.of(0xe0 | (surrogate >> 12), 0x80 | ((surrogate >> 6) & 0x3f), 0x80 | (surrogate & 0x3f));
}
