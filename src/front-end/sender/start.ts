import type { Host } from '../host/host.ts';
import { SENDER_JOB } from '../host/own-variables.ts';
import { giveBack } from '../telemetry/claims.ts';
import type { Job } from './job.ts';

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

/** Starts a copy of this program with the job; does not wait for it. If it can't be started, the slot is given back. Never throws. */
export function startSender(host: Host, job: Job): void {
  try {
    const { file, args } = host.self();
    host.runApart(
      { file: '/bin/sh', args: ['-c', START, file, ...args] },
      { ...host.env, [SENDER_JOB]: JSON.stringify(job) },
    );
  } catch {
    giveBackQuietly(host, job);
  }
}

/** A sender that did not start has sent nothing. */
function giveBackQuietly(host: Host, { directory, claim }: Job): void {
  try {
    giveBack(host, directory, claim);
  } catch {
    // The slot stays taken, which is a pause.
  }
}
