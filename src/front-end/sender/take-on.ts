import { REPORT_KEYS, type ReportProperties } from '../../protocol/report.ts';
import type { Host } from '../host/host.ts';
import { type Claim, newestClaim, takeOn } from '../telemetry/claims.ts';
import { readConsent } from '../telemetry/consent.ts';
import { type Destination, readDestination } from '../telemetry/destination.ts';
import { telemetryDirectory } from '../telemetry/directory.ts';
import { isOn } from '../telemetry/is-on.ts';
import type { Attempt } from './attempt.ts';
import { attemptName, readAttempt } from './journal.ts';

/** After this many milliseconds a sender is gone, whatever happens (docs/spec.md section 3). */
export const DEADLINE = 10_000;
/** No sender takes longer to start, in milliseconds, on the busiest machine. */
const TIME_TO_START = 60_000;

/** An attempt that is this sender's to make. */
export interface Task {
  /** The `telemetry` directory. */
  readonly directory: string;
  /** The cache directory. */
  readonly cache: string;
  /** The attempt's file. */
  readonly name: string;
  readonly attempt: Attempt;
  readonly claim: Claim;
  readonly properties: ReportProperties;
  readonly destination: Destination | { readonly refused: string };
}

/**
 * Takes on the attempt of that name. The name is all that is believed of what the environment says, and may be of
 * anyone's making: consent, directories and destination are read here as everywhere, and there must be such an attempt
 * in the journal, just written, not begun, of the newest claim. Each is taken on once.
 * @returns undefined if there is nothing to send: then this is no sender
 */
export async function takeOnTask(host: Host, name: string): Promise<Task | undefined> {
  try {
    const { cache, config } = await host.directories();
    if (cache === undefined) return undefined;
    if (!(await readConsent(host, { cache, config })).on || isOn(host.env.WASP_TELEMETRY_DEBUG))
      return undefined;
    const directory = telemetryDirectory(cache);
    const attempt = readAttempt(host, directory, name);
    const properties = attempt?.outcome.kind === 'abandoned' ? propertiesIn(attempt) : undefined;
    if (!attempt?.job || !properties || Math.abs(host.now() - attempt.time) > TIME_TO_START) return undefined;

    const hash = properties.project_hash;
    if (attemptName(attempt.time, hash, attempt.slot) !== name) return undefined;
    const claim = newestClaim(host, directory, hash, attempt.slot);
    if (claim?.number !== attempt.job.claim || claim.stamp === 'unclear') return undefined;
    if (!takeOn(host, directory, claim)) return undefined;
    // Another sender may have come, sent and gone since the attempt was read.
    if (readAttempt(host, directory, name)?.outcome.kind !== 'abandoned') return undefined;
    return { directory, cache, name, attempt, claim, properties, destination: destinationOf(host, attempt) };
  } catch {
    return undefined;
  }
}

/** Where reports go now; refused if that isn't where the attempt was to go. */
function destinationOf(host: Host, { url }: Attempt): Task['destination'] {
  const destination = readDestination(host.env);
  if ('refused' in destination || destination.url === url) return destination;
  return { refused: `reports go to ${destination.url} now` };
}

/** The seven keys of an attempt's body, undefined if it has others, or holds what no report holds. */
function propertiesIn({ body, slot }: Attempt): ReportProperties | undefined {
  const { properties } = JSON.parse(body);
  const isReport =
    Object.keys(properties).join() === Object.keys(REPORT_KEYS).join() &&
    Object.entries(properties).every(([key, value]) =>
      key === 'is_build' ? value === (slot === 'build') : typeof value === 'string',
    );
  return isReport ? properties : undefined;
}
