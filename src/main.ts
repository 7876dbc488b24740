import { readCommand } from './commands/read-command.ts';
import { isFrontEndError } from './errors.ts';
import { becomeWasp } from './handoff/become.ts';
import { locateWasp } from './handoff/locate.ts';
import type { Host } from './host.ts';
import { showMessagesIfDue } from './messages/show-if-due.ts';
import { readPermission } from './telemetry/consent.ts';
import { readErrand } from './telemetry/errand.ts';
import { findProject } from './telemetry/project.ts';
import { reportIfDue } from './telemetry/report-if-due.ts';

/** One invocation, in order. docs/architecture.md walks through it. */
export async function main(host: Host): Promise<void> {
  const errand = readErrand(host);
  if (errand) return (await import('./telemetry/sender/run.ts')).runSender(host, errand);

  try {
    const invocation = await readCommand(host);
    if (invocation.kind === 'answered') return;
    const project = findProject(host);
    const wasp = locateWasp(host, project);
    if (invocation.reportable) {
      const permission = await readPermission(host);
      await reportIfDue(host, permission, project, wasp);
      await showMessagesIfDue(host, permission, wasp);
    }
    await becomeWasp(host, wasp);
  } catch (error) {
    if (!isFrontEndError(error)) throw error;
    host.write(2, `wasp: ${error.message}\n`);
    host.setExitCode(error.exitCode);
  }
}
