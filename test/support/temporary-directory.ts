import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanup } from './cleanup.ts';
import { removeFolder } from './remove-folder.ts';

/** A directory of this test's own, removed when the test has ended. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'wasp-test-'));
  cleanup(() => removeFolder(directory));
  return directory;
}
