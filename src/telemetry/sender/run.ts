import { askVersion } from '../../handoff/version.ts';
import type { Host } from '../../host.ts';
import { reportBody } from '../../protocol/report.ts';
import { giveBack } from '../claims.ts';
import type { Errand } from '../errand.ts';
import { type Attempt, type Outcome, writeAttempt } from '../journal.ts';
import { post } from './post.ts';

/** After this many milliseconds the sender is gone, whatever happens (SPEC section 3). */
const DEADLINE = 10_000;
/** The request ends this much earlier, so that its outcome can still be written down. */
const TIME_TO_CONCLUDE = 1_000;

/** The sender's life: note the attempt, send, note the outcome, give the slot back if nothing left, vanish. */
export async function runSender(host: Host, errand: Errand): Promise<void> {
  const start = host.now();
  host.after(DEADLINE, host.vanish);
  host.closeInheritedFiles();
  try {
    await send(host, errand, () => DEADLINE - TIME_TO_CONCLUDE - Math.max(0, host.now() - start));
  } finally {
    host.vanish();
  }
}

async function send(host: Host, errand: Errand, timeLeft: () => number): Promise<void> {
  const { directory, claim, destination } = errand;
  const attempt = describeAttempt(host, errand);
  const conclude = (outcome: Outcome) => writeAttempt(host, directory, { ...attempt, outcome }, claim.hash);
  // Written first: what can't be shown to the person is not sent.
  conclude({ kind: 'unknown', why: 'the sender was stopped before it knew' });
  const delivery = await post(destination.url, attempt.body, timeLeft(), host.env);
  if ('status' in delivery) {
    const taken = delivery.status >= 200 && delivery.status < 300;
    conclude({ kind: taken ? 'delivered' : 'refused', status: delivery.status });
  } else if (delivery.mayHaveLeft) {
    conclude({ kind: 'unknown', why: delivery.why });
  } else {
    giveBack(host, directory, claim);
    conclude({ kind: 'not sent', why: delivery.why });
  }
}

function describeAttempt(host: Host, errand: Errand): Omit<Attempt, 'outcome'> {
  const { claim, destination } = errand;
  const version = errand.askVersionOf
    ? askVersion(host, { file: errand.askVersionOf })
    : errand.properties.wasp_version;
  const properties = { ...errand.properties, wasp_version: version };
  return {
    time: claim.stamp,
    command: properties.is_build ? 'build' : properties.deploy_cmd_args ? 'deploy' : 'other',
    slot: claim.slot,
    url: destination.url,
    body: reportBody(destination.apiKey, properties),
  };
}
