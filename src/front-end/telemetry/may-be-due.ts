import type { Host } from '../host/host.ts';
import type { Permission } from './consent.ts';
import { telemetryDirectory } from './directory.ts';
import { isOn } from './is-on.ts';
import { projectHashOf } from './project.ts';
import { readSharedStamp, sharedStateFile } from './shared-state.ts';
import { slotOf, slotState } from './slot.ts';

/**
 * False if nothing is to be reported, said or printed now, as on nearly all runs: telemetry is off, this is no project,
 * or the shared file says that the slot is paused. All that a report takes besides is loaded only if this says true.
 * @param project the root of the Wasp project around the working directory
 */
export function mayBeDue(
  host: Host,
  { consent, directories }: Permission,
  project: string | undefined,
): boolean {
  if (consent.rule === 'notice') return true;
  if (!consent.on || project === undefined || directories.cache === undefined) return false;
  if (isOn(host.env.WASP_TELEMETRY_DEBUG)) return true;
  const file = sharedStateFile(telemetryDirectory(directories.cache), projectHashOf(host, project));
  const stamp = readSharedStamp(host, file, slotOf(host.argv));
  return stamp === 'unclear' || slotState(stamp, host.now()) !== 'paused';
}
