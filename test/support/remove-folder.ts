import { rmSync } from 'node:fs';

/**
 * Removes a folder and what is in it, if it is there.
 * A process that was told to end may still write into it, so it is emptied again for some seconds.
 */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
