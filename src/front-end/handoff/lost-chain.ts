/**
 * A wrapper that clears the environment loses the list of what was run (chain.ts). What else tells that it goes round:
 *
 * - One that calls without `exec` waits: it is found among the processes above, once for each time round.
 * - One that calls with `exec` is this very process, and takes its processor time along. A process that has taken a lot
 *   of it, as a shell that was used all day may have too, runs the next program as a child instead of becoming it. If
 *   that comes back, this front end waits above.
 */
import type { Ancestor, Host } from '../host/host.ts';
import { hasChain, MAX_ALIKE } from './chain.ts';
import { ownIdentity } from './this-program.ts';

/** Processor time that no start of a front end takes, in milliseconds: 20 times round, or more. */
const SUSPICIOUS_TIME = 1000;

/**
 * Has a file, of which nothing is known, called the front end again, as far as can be told without a list? To be asked
 * once for each such file, in the order of the search: each front end that waits above has run the next one.
 */
export function readLost(host: Host): (file: string) => boolean {
  let run: number | undefined;
  return (file) => {
    if (hasChain(host)) return false;
    const above = [...host.ancestors()];
    if (above.filter(({ argv }) => argv.includes(file)).length >= MAX_ALIKE) return true;
    if (!mayGoRound(host)) return false;
    run ??= above.filter((ancestor) => isFrontEnd(host, ancestor)).length;
    return run-- > 0;
  };
}

/** Does it run this program: as an executable, or as a script that Node runs? */
function isFrontEnd(host: Host, { program, argv }: Ancestor): boolean {
  const own = ownIdentity(host);
  const scripts = argv.slice(0, 2).map((file) => host.files.stat(file)?.identity);
  return own !== undefined && [program, ...scripts].includes(own);
}

/** Might this process be one that goes round with `exec`? */
export function mayGoRound(host: Host): boolean {
  return !hasChain(host) && host.cpuTime() > SUSPICIOUS_TIME;
}
