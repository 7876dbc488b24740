import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Makes a Wasp 0.25.0, as the name of its folder tells, that does nothing, successfully. Returns the executable. */
export function makeSilentWasp(folder: string): string {
  const file = join(folder, '0.25.0', 'wasp-bin');
  mkdirSync(dirname(file));
  writeFileSync(file, '#!/bin/sh\nexit 0\n');
  chmodSync(file, 0o755);
  return file;
}
