import { readCommand } from './commands/read-command.ts';
import { becomeWasp } from './handoff/become.ts';
import { locateWasp } from './handoff/locate.ts';
import { isFrontEndError } from './host/errors.ts';
import type { Host } from './host/host.ts';
import { showMessagesIfDue } from './messages/show-if-due.ts';
import { readJob } from './sender/job.ts';
import { readPermission } from './telemetry/consent.ts';
import { mayBeDue } from './telemetry/may-be-due.ts';
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
      if (mayBeDue(host, permission, project)) {
        const { reportIfDue } = await import('./sender/report-if-due.ts');
        await reportIfDue(host, permission, project, wasp);
      }
      if (permission.consent.on) await showMessagesIfDue(host, permission.directories.cache, wasp.version);
    }
    await becomeWasp(host, wasp);
  } catch (error) {
    if (!isFrontEndError(error)) throw error;
    const { escapeUnseenInLines } = await import('./host/escape.ts');
    host.write(2, escapeUnseenInLines(`wasp: ${error.message}\n`));
    host.setExitCode(error.exitCode);
  }
}
