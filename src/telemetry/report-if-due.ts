import path from 'node:path';
import type { Wasp } from '../handoff/wasp.ts';
import type { Host } from '../host.ts';
import { reportBody } from '../protocol/report.ts';
import { type Claim, claimSlot, giveBack } from './claims.ts';
import type { Permission } from './consent.ts';
import { readDestination } from './destination.ts';
import { describe } from './event.ts';
import { obtainIdentity } from './identity.ts';
import { isOn } from './is-on.ts';
import { showNotice } from './notice.ts';
import { projectHash } from './project.ts';
import { slotOf } from './slot.ts';
import { startSender } from './start-sender.ts';

/**
 * Sends one report of this command on its way if one is due: consent → project → slot → event → sender. Whatever
 * goes wrong in here is nobody's business but ours: nothing is said, and the command runs (SPEC section 3).
 * @param project the root of the Wasp project around the working directory
 */
export async function reportIfDue(
  host: Host,
  permission: Permission,
  project: string | undefined,
  wasp: Wasp,
): Promise<void> {
  try {
    await report(host, permission, project, wasp);
  } catch {
    // A read-only home, a full disk, a file where a folder should be: no state, no report.
  }
}

async function report(
  host: Host,
  { consent, directories }: Permission,
  project: string | undefined,
  wasp: Wasp,
): Promise<void> {
  // Whoever asks for JSON reads it with a program.
  if (consent.rule === 'notice' && !host.argv.includes('--json'))
    showNotice(host, directories, consent.choice);
  if (!consent.on || project === undefined || directories.cache === undefined) return;

  const destination = readDestination(host.env);
  if ('refused' in destination) return;

  const directory = telemetryDirectory(directories.cache);
  const hash = projectHash(project);
  const properties = async () =>
    describe(host, {
      identity: obtainIdentity(host, directory),
      projectHash: hash,
      argv: host.argv,
      waspVersion: wasp.version ?? '',
    });
  if (isOn(host.env.WASP_TELEMETRY_DEBUG)) {
    host.write(2, `${reportBody(destination.apiKey, await properties())}\n`);
    return;
  }

  const claim = claimSlot(host, directory, hash, slotOf(host.argv));
  if (!claim) return;
  const askVersionOf = wasp.version === undefined ? { askVersionOf: wasp.file } : {};
  await orGiveBack(host, directory, claim, async () => {
    startSender(host, { directory, claim, destination, properties: await properties(), ...askVersionOf });
  });
}

/** Where both Wasps keep their telemetry files (SPEC section 4). */
export function telemetryDirectory(cache: string): string {
  return path.join(cache, 'telemetry');
}

/** A sender that did not start has sent nothing. */
async function orGiveBack(
  host: Host,
  directory: string,
  claim: Claim,
  start: () => Promise<void>,
): Promise<void> {
  try {
    await start();
  } catch {
    giveBack(host, directory, claim);
  }
}
