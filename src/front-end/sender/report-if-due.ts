import type { Host } from '../host/host.ts';
import { claimReportIfDue } from '../telemetry/claim-report.ts';
import type { Permission } from '../telemetry/consent.ts';
import { startSender } from './start.ts';

/**
 * Takes the slot, if it is to be had, and starts a sender for the report. Never throws.
 * @param project the root of the Wasp project around the working directory
 */
export async function reportIfDue(
  host: Host,
  permission: Permission,
  project: string | undefined,
  wasp: { readonly file: string; readonly version?: string },
): Promise<void> {
  const report = await claimReportIfDue(host, permission, project, wasp.version);
  if (report) startSender(host, report, wasp.version === undefined ? wasp.file : undefined);
}
