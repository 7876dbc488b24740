import { readCommand } from './commands/read-command.ts';
import { becomeWasp } from './handoff/become.ts';
import { locateWasp } from './handoff/locate.ts';
import { isFrontEndError } from './host/errors.ts';
import type { Host } from './host/host.ts';
import { showMessagesIfDue } from './messages/show-if-due.ts';
import { readJob } from './sender/job.ts';
import { startSender } from './sender/start.ts';
import { claimReportIfDue } from './telemetry/claim-report.ts';
import { readPermission } from './telemetry/consent.ts';
import { findProject } from './telemetry/project.ts';

/** One invocation, in order. docs/architecture.md walks through it. */
export async function main(host: Host): Promise<void> {
  const job = readJob(host);
  if (job !== undefined && (await (await import('./sender/run.ts')).runSender(host, job))) return;

  try {
    const invocation = await readCommand(host);
    if (invocation.kind === 'answered') return;
    const project = findProject(host);
    const wasp = locateWasp(host, project);
    if (invocation.reportable) {
      const permission = await readPermission(host);
      const report = await claimReportIfDue(host, permission, project, wasp.version);
      if (report) startSender(host, report, wasp.version === undefined ? wasp.file : undefined);
      if (permission.consent.on) await showMessagesIfDue(host, permission.directories.cache, wasp.version);
    }
    await becomeWasp(host, wasp);
  } catch (error) {
    if (!isFrontEndError(error)) throw error;
    const { escapeUnseenInLines } = await import('../protocol/escape-unseen.ts');
    host.write(2, escapeUnseenInLines(`wasp: ${error.message}\n`));
    host.setExitCode(error.exitCode);
  }
}
