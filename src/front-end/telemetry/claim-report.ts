import { type ReportProperties, reportBody } from '../../protocol/report.ts';
import type { Host } from '../host/host.ts';
import { type Claim, claimSlot, giveBack } from './claims.ts';
import type { Permission } from './consent.ts';
import { type Destination, readDestination } from './destination.ts';
import { telemetryDirectory } from './directory.ts';
import { describe } from './event.ts';
import { obtainIdentity } from './identity.ts';
import { isOn } from './is-on.ts';
import { showNotice } from './notice.ts';
import { projectHashOf } from './project.ts';
import { slotOf } from './slot.ts';

/** A report whose slot is taken: it may be sent once. */
export interface DueReport {
  /** The `telemetry` directory. */
  readonly directory: string;
  readonly claim: Claim;
  readonly destination: Destination;
  readonly properties: ReportProperties;
}

/**
 * Takes the slot for a report of this command if one is due: consent → project → slot → event. Errors are swallowed:
 * nothing is said, and the command runs (docs/spec.md section 3).
 * @param project the root of the Wasp project around the working directory
 * @param waspVersion of the real Wasp, as far as it is known without asking it
 * @returns undefined if nothing is to be sent
 */
export async function claimReportIfDue(
  host: Host,
  permission: Permission,
  project: string | undefined,
  waspVersion: string | undefined,
): Promise<DueReport | undefined> {
  try {
    return await claimReport(host, permission, project, waspVersion);
  } catch {
    // A read-only home, a full disk, a file where a folder should be: no state, no report.
    return undefined;
  }
}

async function claimReport(
  host: Host,
  { consent, directories }: Permission,
  project: string | undefined,
  waspVersion: string | undefined,
): Promise<DueReport | undefined> {
  // Output that was asked for as JSON is read by a program.
  if (consent.rule === 'notice' && !host.argv.includes('--json'))
    await showNotice(host, directories, consent.choice);
  if (!consent.on || project === undefined || directories.cache === undefined) return undefined;

  const destination = readDestination(host.env);
  if ('refused' in destination) return undefined;

  const directory = telemetryDirectory(directories.cache);
  const hash = projectHashOf(host, project);
  const readProperties = async () =>
    describe(host, {
      identity: obtainIdentity(host, directory),
      projectHash: hash,
      argv: host.argv,
      waspVersion: waspVersion ?? '',
    });
  if (isOn(host.env.WASP_TELEMETRY_DEBUG)) {
    host.write(2, `${reportBody(destination.apiKey, await readProperties())}\n`);
    return undefined;
  }

  const claim = claimSlot(host, directory, hash, slotOf(host.argv));
  if (!claim) return undefined;
  try {
    return { directory, claim, destination, properties: await readProperties() };
  } catch (error) {
    giveBack(host, directory, claim);
    throw error;
  }
}
