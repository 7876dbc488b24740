import { FrontEndError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { findInGlobalNodeModules, findInNodeModules } from './find-in-npm.ts';
import { findInstalled } from './find-installed.ts';
import { findOnPath } from './find-on-path.ts';
import type { Wasp } from './wasp.ts';
import { readWaspBin } from './wasp-bin.ts';

export const INSTALL_COMMAND = 'npm i -g @wasp.sh/wasp-cli@latest';

/**
 * The real Wasp that this invocation becomes: the first match of a fixed order.
 * @param project the root of the Wasp project around the working directory
 * @throws FrontEndError 127 if there is none, 126 if WASP_BIN names something that can't be executed
 */
export function locateWasp(host: Host, project: string | undefined): Wasp {
  const wasp = findWasp(host, project);
  if (wasp) return wasp;
  throw new FrontEndError(
    `Wasp itself is not installed on this machine. Install it with:\n  ${INSTALL_COMMAND}\nor set WASP_BIN to its executable.`,
    127,
  );
}

/** As {@link locateWasp}, but undefined if there is none. */
export function findWasp(host: Host, project: string | undefined): Wasp | undefined {
  return (
    readWaspBin(host) ??
    findInNodeModules(host, project ?? host.cwd()) ??
    findInGlobalNodeModules(host) ??
    findInstalled(host) ??
    findOnPath(host)
  );
}
