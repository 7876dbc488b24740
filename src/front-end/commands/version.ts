import { escapeUnseenInLines } from '../../protocol/escape-unseen.ts';
import { INSTALL_COMMAND, searchWasp } from '../handoff/locate.ts';
import { askVersion } from '../handoff/version.ts';
import type { Host } from '../host/host.ts';
import { findProject } from '../telemetry/project.ts';
import { FRONT_END_VERSION } from './front-end-version.ts';

/** `wasp --version`: the front end's version, that of the Wasp which it would become here, and what it passed over. */
export function printVersions(host: Host): void {
  const { wasp, passedOver } = searchWasp(host, findProject(host));
  const version = wasp
    ? `${askVersion(host, wasp) || 'unknown'}  (${wasp.file})`
    : `not installed  (${INSTALL_COMMAND})`;
  const notes = passedOver.map((sentence) => `passed over: ${sentence}\n`).join('');
  host.write(1, escapeUnseenInLines(`front end  ${FRONT_END_VERSION}\nwasp       ${version}\n${notes}`));
}
