import type { Host } from '../host.ts';
import { ERRAND, type Errand } from './errand.ts';

/**
 * Starts the program at its arguments in the background and ends at once, so that the sender is nobody's child: the
 * real Wasp, which this process becomes, would otherwise own a child that it does not know, and its remains.
 * A sender that computes for 10 seconds is out of its mind; the kernel ends it.
 */
const START = `
ulimit -t 10
nice=
command -v nice >/dev/null && nice='nice -n 19'
$nice "$0" "$@" &
`;

/**
 * Sends a copy of this program out with the errand; does not wait for it.
 * @throws if it can't be started
 */
export function startSender(host: Host, errand: Errand): void {
  const { file, args } = host.self();
  host.runApart(
    { file: '/bin/sh', args: ['-c', START, file, ...args] },
    { ...host.env, [ERRAND]: JSON.stringify(errand) },
  );
}
