import { FRONT_END_VERSION } from '../front-end-version.ts';
import { findWasp, INSTALL_COMMAND } from '../handoff/locate.ts';
import { versionIn } from '../handoff/version.ts';
import type { Wasp } from '../handoff/wasp.ts';
import type { Host } from '../host.ts';
import { findProject } from '../telemetry/project.ts';

/** `wasp --version`: the front end's version, and that of the Wasp which it would become here. */
export function printVersions(host: Host): void {
  const wasp = findWasp(host, findProject(host));
  const version = wasp ? `${waspVersion(host, wasp)}  (${wasp.file})` : `not installed  (${INSTALL_COMMAND})`;
  host.write(1, `front end  ${FRONT_END_VERSION}\nwasp       ${version}\n`);
}

/** The version of a Wasp, asking it if neither its package nor its folder tells. */
export function waspVersion(host: Host, wasp: Wasp): string {
  const ask = () => {
    const env = { ...host.env, WASP_TELEMETRY_DISABLE: '1' };
    return versionIn(host.capture({ file: wasp.file, args: ['version'] }, env, 5_000));
  };
  return wasp.version ?? ask() ?? 'unknown';
}
