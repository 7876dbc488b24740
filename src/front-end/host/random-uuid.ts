import { attempt } from './attempt.ts';
import { files } from './files.ts';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A random UUID, version 4: Linux makes them itself, and loading `node:crypto` for one takes 8 ms. */
export function randomUUID(): string {
  const made = attempt(() => files.read('/proc/sys/kernel/random/uuid', 64))?.trim();
  if (made && UUID_V4.test(made)) return made;
  return process.getBuiltinModule('node:crypto').randomUUID();
}
