import type { Environment, Host } from '../host/host.ts';
import { programsOnPath } from './path.ts';
import { isThisProgram, ownIdentity } from './this-program.ts';
import type { Wasp } from './wasp.ts';

/**
 * Two copies of this program on PATH, and no Wasp, would hand over to each other for ever. So whoever hands over to
 * something found on PATH leaves its identity in the environment, and nobody hands over to one that stands there.
 */
const PASSED_THROUGH = 'WASP_FRONT_END_PASSED';

/** The next `wasp` on PATH that isn't this program. It brings its own launcher, so nothing is known of its data. */
export function findOnPath(host: Host): Wasp | undefined {
  const passed = host.env[PASSED_THROUGH]?.split(',') ?? [];
  for (const file of programsOnPath(host, 'wasp')) {
    const identity = host.files.facts(file)?.identity;
    if (!isThisProgram(host, file) && !passed.includes(identity ?? '')) return { file, foundIn: 'PATH' };
  }
  return undefined;
}

/** The mark for the next front end, if it is one. */
export function markPassage(host: Host): Environment {
  const passed = host.env[PASSED_THROUGH];
  const own = ownIdentity(host) ?? '';
  return { [PASSED_THROUGH]: passed ? `${passed},${own}` : own };
}
