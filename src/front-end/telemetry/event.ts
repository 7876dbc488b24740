import { DEPLOY_WORDS, type ReportProperties } from '../../protocol/report.ts';
import type { Host } from '../host/host.ts';
import { slotOf } from './slot.ts';

/** What a report says of a command (docs/spec.md section 2). */
export async function describe(
  host: Host,
  about: { identity: string; projectHash: string; argv: readonly string[]; waspVersion: string },
): Promise<ReportProperties> {
  return {
    distinct_id: about.identity,
    project_hash: about.projectHash,
    is_build: slotOf(about.argv) === 'build',
    deploy_cmd_args: deployWords(about.argv),
    wasp_version: about.waspVersion,
    os: host.platform,
    context: [host.env.WASP_TELEMETRY_CONTEXT, (await host.isCI()) ? 'CI' : ''].filter(Boolean).join(' '),
  };
}

/** Of `wasp deploy`'s arguments only words of a fixed list, in the list's order: the rest may be secrets. */
function deployWords([command, ...args]: readonly string[]): string {
  return command === 'deploy' ? DEPLOY_WORDS.filter((word) => args.includes(word)).join(';') : '';
}
