import type { Host } from '../host.ts';
import type { ReportProperties } from '../protocol/report.ts';
import type { Claim } from './claims.ts';
import type { Destination } from './destination.ts';

/**
 * The environment variable that makes this program a sender, and that tells it what to send: argv could be read by
 * everyone on the machine, the environment by this user alone. It is removed from what the real Wasp gets.
 */
export const ERRAND = 'WASP_TELEMETRY_ERRAND';

/** What a sender is sent out to do. */
export interface Errand {
  /** The `telemetry` directory. */
  readonly directory: string;
  readonly claim: Claim;
  readonly destination: Destination;
  readonly properties: ReportProperties;
  /** The Wasp to ask for its version, where neither its package nor its folder told it. */
  readonly askVersionOf?: string;
}

/** The errand in our environment, or undefined: then this is an ordinary invocation. */
export function readErrand(host: Host): Errand | undefined {
  const text = host.env[ERRAND];
  if (!text) return undefined;
  try {
    const errand = JSON.parse(text) as Errand;
    return errand.claim.slot && errand.destination.url && errand.properties.project_hash ? errand : undefined;
  } catch {
    return undefined;
  }
}
