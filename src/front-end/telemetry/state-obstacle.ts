import path from 'node:path';
import type { Host, Obstacle } from '../host/host.ts';
import { slotFolder } from './claims.ts';
import { withoutLinks } from './directory.ts';
import { chosenIdentity, signatureFile, storedIdentity } from './identity.ts';
import { sharedStateFile } from './shared-state.ts';
import type { Slot } from './slot.ts';

/**
 * What keeps a report of this slot from being sent because its state can't be kept, and the way out: for the preview
 * and the status, which must not promise what doesn't happen. Tries nothing, writes nothing.
 * @param directory the `telemetry` directory
 * @param more other folders in it that are needed
 */
export function obstacleToState(
  host: Host,
  directory: string,
  { hash, slot }: { hash: string; slot: Slot },
  more: readonly string[],
): Obstacle | undefined {
  try {
    const folders = [slotFolder(directory, hash, slot), ...more];
    for (const folder of folders) withoutLinks(host, directory, folder);
    const files = [
      ...folders.map((folder) => path.join(folder, 'a new file')),
      sharedStateFile(directory, hash),
    ];
    for (const file of files) {
      const obstacle = host.files.obstacleTo(file);
      if (obstacle) return obstacle;
    }
    const known = chosenIdentity(host) ?? storedIdentity(host, directory);
    return known === undefined ? host.files.obstacleTo(signatureFile(directory)) : undefined;
  } catch (error) {
    return { why: (error as Error).message, mend: 'remove it' };
  }
}
