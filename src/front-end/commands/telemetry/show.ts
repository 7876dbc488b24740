import { REPORT_KEYS, type ReportProperties, reportBody } from '../../../protocol/report.ts';
import { askVersion } from '../../handoff/version.ts';
import type { Host } from '../../host/host.ts';
import { rememberedVersion, rememberVersion } from '../../sender/ask-version.ts';
import { describe } from '../../telemetry/event.ts';
import { chosenIdentity, obtainIdentity, storedIdentity } from '../../telemetry/identity.ts';
import { projectHashOf } from '../../telemetry/project.ts';
import { slotOf } from '../../telemetry/slot.ts';
import { isReportable } from '../reportable.ts';
import { layOut, printJson, type Row } from './layout.ts';
import { outlookFor, whyNotReported } from './outlook.ts';
import { readSituation, type Situation } from './situation.ts';

/** `wasp telemetry show [command…]`: the exact body that the command would send from here, and what each key is. */
export async function printPreview(host: Host, command: readonly string[], json?: boolean): Promise<void> {
  const situation = await readSituation(host);
  const properties = await describe(host, {
    identity: identity(host, situation),
    // Outside a project nothing is sent; the hash of this directory shows what it would look like.
    projectHash: situation.project?.hash ?? projectHashOf(host, host.cwd() ?? '/'),
    argv: command,
    waspVersion: versionFor(host, situation),
  });
  const apiKey = 'refused' in situation.destination ? '' : situation.destination.apiKey;
  const body = reportBody(apiKey, properties);
  const obstacle = findObstacle(host, situation, command);
  if (json) {
    printJson(host, {
      body,
      wouldBeSent: obstacle === undefined,
      because: obstacle ?? null,
      keys: REPORT_KEYS,
    });
  } else {
    host.write(1, `${body}\n\n${layOut(host, rows(properties, situation, obstacle))}`);
  }
}

function rows(properties: ReportProperties, { destination }: Situation, obstacle: string | undefined): Row[] {
  const keys = Object.entries(REPORT_KEYS) as [keyof ReportProperties, string][];
  const to = 'refused' in destination ? 'nowhere' : destination.url;
  return [
    ...keys.map(([key, meaning]): Row => [key, JSON.stringify(properties[key]), meaning]),
    ['Would be sent', obstacle === undefined ? `yes, to ${to}` : `no: ${obstacle}`],
  ];
}

/** As the sender would have it: what a Wasp has said once is remembered, so that preview and wire agree. */
function versionFor(host: Host, { wasp, directory, consent }: Situation): string {
  if ('missing' in wasp) return '';
  if (wasp.version !== undefined || directory === undefined) return askVersion(host, wasp);
  const remembered = rememberedVersion(host, directory, wasp.file);
  if (remembered !== undefined) return remembered;
  const version = askVersion(host, wasp);
  if (consent.on && version) rememberVersion(host, directory, wasp.file, version);
  return version;
}

/** Preview and wire agree on the id, so while telemetry is on the preview makes it; off means that no file is written. */
function identity(host: Host, { consent, directory }: Situation): string {
  const chosen = chosenIdentity(host);
  if (chosen !== undefined) return chosen;
  try {
    if (directory !== undefined) {
      const id = consent.on ? obtainIdentity(host, directory) : storedIdentity(host, directory);
      if (id !== undefined) return id;
    }
  } catch {
    // Then nothing would be sent either.
  }
  return host.randomUUID();
}

/** Why this command would not be reported now, or undefined if it would. */
function findObstacle(host: Host, situation: Situation, command: readonly string[]): string | undefined {
  if (!isReportable(command)) return `\`wasp ${command.join(' ')}\` is never reported`;
  return whyNotReported(outlookFor(host, situation, slotOf(command)));
}
