const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NIL = '00000000-0000-0000-0000-000000000000';

/** The 16 bytes of a UUID; null for anything else, the nil UUID included, which would make all its senders one. */
export function uuidBytes(value: unknown): Uint8Array | null {
  if (typeof value !== 'string' || !FORM.test(value) || value === NIL) return null;
  return Buffer.from(value.replaceAll('-', ''), 'hex');
}

/** The usual text of 16 bytes, lower case. */
export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
