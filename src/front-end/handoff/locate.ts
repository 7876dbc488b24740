import { FrontEndError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { readTried } from './chain.ts';
import { findInGlobalNodeModules, findInNodeModules } from './find-in-npm.ts';
import { findInstalled } from './find-installed.ts';
import { findOnPath } from './find-on-path.ts';
import { readLost } from './lost-chain.ts';
import { trustedUsers } from './trust.ts';
import type { Search, Wasp } from './wasp.ts';
import { readWaspBin } from './wasp-bin.ts';

export const INSTALL_COMMAND = 'npm i -g @wasp.sh/wasp-cli@latest';

/** What a search found, and what it passed over: a sentence each, with the reason. */
export interface Found {
  readonly wasp?: Wasp;
  readonly passedOver: readonly string[];
}

/**
 * The real Wasp that this invocation becomes: the first match of a fixed order.
 * @param project the root of the Wasp project around the working directory
 * @throws FrontEndError 127 if there is none, 126 if WASP_BIN names something that can't be executed
 */
export function locateWasp(host: Host, project: string | undefined): Wasp {
  const { wasp, passedOver } = searchWasp(host, project);
  if (wasp) return wasp;
  const found = passedOver.map((sentence) => `\npassed over: ${sentence}`).join('');
  const [but, orOne] =
    found === '' ? ['', ''] : [', other than what is passed over below', ', or to one below that you trust'];
  throw new FrontEndError(
    `Wasp itself is not installed on this machine${but}. Install it with:\n  ${INSTALL_COMMAND}\nor set WASP_BIN to its executable${orOne}.${found}`,
    127,
  );
}

/**
 * As {@link locateWasp}, but no Wasp is an answer too, and what was passed over is told in any case.
 * @throws FrontEndError if WASP_BIN names something that can't be executed
 */
export function searchWasp(host: Host, project: string | undefined): Found {
  const start = project ?? host.cwd();
  const search: Search = {
    users: trustedUsers(host, start),
    isTried: readTried(host),
    isLost: readLost(host),
    outsideProjects: false,
    passedOver: [],
  };
  const wasp =
    readWaspBin(host, search) ??
    findInNodeModules(host, search, start) ??
    findInGlobalNodeModules(host, search) ??
    findInstalled(host, search) ??
    findOnPath(host, search);
  return { ...(wasp && { wasp }), passedOver: search.passedOver };
}

/**
 * The Wasp that a Tab may ask, or undefined: pressing Tab runs nothing that lies in a project, or that lies where the
 * user happens to be (docs/spec.md section 7).
 */
export function findWaspOutsideProjects(host: Host): Wasp | undefined {
  const search: Search = {
    users: trustedUsers(host),
    isTried: readTried(host),
    isLost: readLost(host),
    outsideProjects: true,
    passedOver: [],
  };
  return (
    readWaspBin(host, search) ??
    findInGlobalNodeModules(host, search) ??
    findInstalled(host, search) ??
    findOnPath(host, search)
  );
}
