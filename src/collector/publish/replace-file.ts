import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a new file, with its folder, and renames it over the old one: readers see all of one or all of the other. */
export function replaceFile(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}.new`;
  writeFileSync(fresh, content, { mode: 0o600 });
  renameSync(fresh, file);
}
