import path from 'node:path';
import { reportBody } from '../../protocol/report.ts';
import { askVersion } from '../handoff/version.ts';
import type { Host } from '../host/host.ts';
import { messagesDirectory } from '../messages/inbox.ts';
import { giveBack } from '../telemetry/claims.ts';
import type { Job } from './job.ts';
import { type Attempt, type Outcome, writeAttempt } from './journal.ts';
import { type Answer, type Reception, receiveMessages } from './messages/receive.ts';
import { get, post } from './post.ts';

/** After this many milliseconds the sender is gone, whatever happens (docs/spec.md section 3). */
const DEADLINE = 10_000;
/** The request ends this much earlier, so that its outcome can still be written down. */
const TIME_TO_CONCLUDE = 1_000;

/** The sender's life: note the attempt, send, note the outcome, give the slot back if nothing left, take messages, vanish. */
export async function runSender(host: Host, job: Job): Promise<void> {
  const start = host.now();
  host.after(DEADLINE, host.vanish);
  host.closeInheritedFiles();
  try {
    await send(host, job, () => DEADLINE - TIME_TO_CONCLUDE - Math.max(0, host.now() - start));
  } finally {
    host.vanish();
  }
}

async function send(host: Host, job: Job, timeLeft: () => number): Promise<void> {
  const { directory, claim, destination } = job;
  const version = waspVersion(host, job);
  const attempt = describeAttempt(job, version);
  const conclude = (outcome: Outcome, messages?: Reception) =>
    writeAttempt(host, directory, { ...attempt, outcome, ...(messages && { messages }) }, claim.hash);
  try {
    conclude({ kind: 'unknown', why: 'the sender was stopped before it knew' });
  } catch {
    // What can't be shown to the person is not sent.
    giveBack(host, directory, claim);
    return;
  }
  const delivery = await post(destination.url, attempt.body, timeLeft(), host.env);
  if ('status' in delivery) {
    const taken = delivery.status >= 200 && delivery.status < 300;
    const outcome: Outcome = { kind: taken ? 'delivered' : 'refused', status: delivery.status };
    conclude(outcome);
    if (!taken) return;
    const messages = await receive(host, job, delivery, version, timeLeft);
    if (messages) conclude(outcome, messages);
  } else if (delivery.mayHaveLeft) {
    conclude({ kind: 'unknown', why: delivery.why });
  } else {
    giveBack(host, directory, claim);
    conclude({ kind: 'not sent', why: delivery.why });
  }
}

/** In the same go: what the maintainers say back. Failing at it is not a failure to report. */
async function receive(
  host: Host,
  { directory, destination }: Job,
  answer: Answer,
  version: string,
  timeLeft: () => number,
): Promise<Reception | undefined> {
  try {
    return await receiveMessages(host, {
      directory: messagesDirectory(path.dirname(directory)),
      destination: destination.url,
      answer,
      fetch: (url, etag) => get(url, etag, timeLeft(), host.env),
      version,
    });
  } catch (error) {
    return { kind: 'refused', why: (error as Error).message };
  }
}

function waspVersion(host: Host, { askVersionOf, properties }: Job): string {
  return askVersionOf ? askVersion(host, { file: askVersionOf }) : properties.wasp_version;
}

function describeAttempt({ claim, destination, ...job }: Job, version: string): Omit<Attempt, 'outcome'> {
  const properties = { ...job.properties, wasp_version: version };
  return {
    time: claim.stamp,
    command: properties.is_build ? 'build' : properties.deploy_cmd_args ? 'deploy' : 'other',
    slot: claim.slot,
    url: destination.url,
    body: reportBody(destination.apiKey, properties),
  };
}
