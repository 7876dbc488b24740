import { reportBody } from '../../protocol/report.ts';
import type { Host } from '../host/host.ts';
import { forgetTakenOn, giveBack } from '../telemetry/claims.ts';
import { askInTime, rememberVersion } from './ask-version.ts';
import type { Attempt, Outcome } from './attempt.ts';
import { tidyJournal, writeAttempt } from './journal.ts';
import type { Delivery } from './post.ts';
import { takeMessages } from './take-messages.ts';
import { DEADLINE, type Task, takeOnTask } from './take-on.ts';
import { tidy } from './tidy.ts';

/** The request ends this many milliseconds before the sender does, so that its outcome can still be written down. */
const TIME_TO_CONCLUDE = 1_000;

/**
 * The sender's life: take on the attempt, send it, note the outcome, give the slot back if nothing left, take messages,
 * tidy, end.
 * @param name of the attempt, as the environment has it
 * @returns false if there is nothing to send: then this process is no sender
 */
export async function runSender(host: Host, name: string): Promise<boolean> {
  const start = host.now();
  const task = await takeOnTask(host, name);
  if (!task) return false;
  host.endAfter(DEADLINE);
  try {
    host.closeInheritedFiles();
    await send(host, task, () => DEADLINE - TIME_TO_CONCLUDE - Math.max(0, host.now() - start));
    tidyJournal(host, task.directory);
    tidy(host, await host.directories());
  } finally {
    host.killSelf();
  }
}

async function send(host: Host, task: Task, timeLeft: () => number): Promise<void> {
  const { destination, directory } = task;
  if ('refused' in destination) return conclude(host, task, notSent(destination.refused));
  // Side by side: loading the network takes as long as most Wasps take to answer.
  const toAsk = task.attempt.job?.askVersionOf;
  const asked = askInTime(host, directory, toAsk);
  const { post } = await import('./post.ts');

  const version = (await asked.inTime) ?? task.properties.wasp_version;
  const begun: Task = {
    ...task,
    attempt: {
      ...withoutJob(task.attempt),
      body: reportBody(destination.apiKey, { ...task.properties, wasp_version: version }),
      outcome: { kind: 'unknown', why: 'the sender was stopped before it knew' },
    },
  };
  try {
    writeAttempt(host, directory, task.name, begun.attempt);
  } catch {
    // What can't be shown to the user is not sent.
    return giveBack(host, directory, task.claim);
  }
  forgetTakenOn(host, directory, task.claim);
  const delivery = await post(destination.url, begun.attempt.body, timeLeft(), host.env);
  const outcome = outcomeOf(delivery);
  conclude(host, begun, outcome);
  if (outcome.kind === 'delivered' && 'answer' in delivery) {
    const messages = await takeMessages(host, begun, { answer: delivery, version, timeLeft });
    if (messages) writeAttempt(host, directory, task.name, { ...begun.attempt, outcome, messages });
  }
  const answer = await asked.atLast;
  if (toAsk !== undefined && answer) rememberVersion(host, directory, toAsk, answer);
}

function outcomeOf(delivery: Delivery): Outcome {
  if ('status' in delivery) {
    const taken = delivery.status >= 200 && delivery.status < 300;
    return { kind: taken ? 'delivered' : 'refused', status: delivery.status };
  }
  return delivery.mayHaveLeft ? { kind: 'unknown', why: delivery.why } : notSent(delivery.why);
}

/** Notes the outcome; of what has not left this machine, the slot is given back. */
function conclude(host: Host, { directory, name, attempt, claim }: Task, outcome: Outcome): void {
  if (outcome.kind === 'not sent') giveBack(host, directory, claim);
  writeAttempt(host, directory, name, { ...withoutJob(attempt), outcome });
  forgetTakenOn(host, directory, claim);
}

function notSent(why: string): Outcome {
  return { kind: 'not sent', why };
}

function withoutJob({ job: _, ...attempt }: Attempt): Attempt {
  return attempt;
}
