import { reportBody } from '../../protocol/report.ts';
import { programsOnPath } from '../handoff/path.ts';
import type { Environment, Host } from '../host/host.ts';
import { isWhole } from '../host/is-whole.ts';
import { SENDER_JOB } from '../host/own-variables.ts';
import type { DueReport } from '../telemetry/claim-report.ts';
import { giveBack } from '../telemetry/claims.ts';
import type { Attempt } from './attempt.ts';
import { attemptName, writeAttempt } from './journal.ts';

/**
 * Starts the program at its arguments in the background and ends at once, so that the sender is no child of the command: the
 * real Wasp, which this process becomes, would otherwise own a child that it does not know, and its remains.
 * A sender that computes for 10 seconds has gone wrong; the kernel ends it.
 */
const START = `
cd /
ulimit -t 10
"$0" "$@" &
`;

/**
 * Writes the attempt into the journal, then starts a copy of this program to send it; does not wait for it. If that
 * can't be done, the slot is given back. Never throws.
 * @param askVersionOf the Wasp to ask for its version, where that is not known
 */
export function startSender(host: Host, report: DueReport, askVersionOf: string | undefined): void {
  const { directory, claim } = report;
  const name = attemptName(claim.stamp, claim.hash, claim.slot);
  const attempt = describeAttempt(report);
  try {
    const obstacle = obstacleToSender(host);
    if (obstacle !== undefined) throw new Error(obstacle);
    const job = { claim: claim.number, ...(askVersionOf !== undefined && { askVersionOf }) };
    writeAttempt(host, directory, name, { ...attempt, job });
    const { file, args } = host.self();
    const command = ['-c', START, ...findNice(host), file, ...args];
    host.runDetached({ file: '/bin/sh', args: command }, environmentFor(host.env, name));
  } catch (error) {
    quietly(() => giveBack(host, directory, claim));
    const why = `its sender could not be started: ${(error as Error).message}`;
    quietly(() => writeAttempt(host, directory, name, { ...attempt, outcome: { kind: 'not sent', why } }));
  }
}

/** Why no sender can be started by this program, in words; undefined if it can, as far as can be told. */
export function obstacleToSender(host: Host): string | undefined {
  return isWhole(host.self().file) ? undefined : "this program's path has bytes that are not UTF-8";
}

/** Gives a command the lowest priority. Not what npm has added to PATH: other users may write in a folder above. */
function findNice(host: Host): string[] {
  for (const { file, judgedFrom } of programsOnPath(host, 'nice')) {
    if (judgedFrom === undefined) return [file, '-n', '19'];
  }
  return [];
}

/**
 * The environment, less what would not let the sender be found again or would make Node print or leave something, and
 * less what the report holds already: a context that just fitted would not fit beside the job.
 */
function environmentFor(env: Environment, name: string): Environment {
  const dropped = /^NODE_(?!EXTRA_CA_CERTS$)|^WASP_TELEMETRY_(CONTEXT|USER_ID)$/;
  return Object.fromEntries([
    ...Object.entries(env).filter(([variable]) => !dropped.test(variable)),
    [SENDER_JOB, name],
  ]);
}

function describeAttempt({ claim, destination, properties }: DueReport): Attempt {
  return {
    time: claim.stamp,
    command: properties.is_build ? 'build' : properties.deploy_cmd_args ? 'deploy' : 'other',
    slot: claim.slot,
    url: destination.url,
    body: reportBody(destination.apiKey, properties),
    outcome: {
      kind: 'abandoned',
      why: 'its sender has not sent anything, and will not if it is gone by now (it has 10 seconds)',
    },
  };
}

/** A sender that did not start has sent nothing; where that can't be written down, the slot stays taken, which is a pause. */
function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // Nothing more can be done, and nothing is to be said.
  }
}
