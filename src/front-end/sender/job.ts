import type { Host } from '../host/host.ts';
import { SENDER_JOB } from '../host/own-variables.ts';
import type { DueReport } from '../telemetry/claim-report.ts';

/** What a sender is started to do. */
export interface Job extends DueReport {
  /** The Wasp to ask for its version, where neither its package nor its folder told it. */
  readonly askVersionOf?: string;
}

/** The job in our environment, or undefined: then this is an ordinary invocation. */
export function readJob(host: Host): Job | undefined {
  const text = host.env[SENDER_JOB];
  if (!text) return undefined;
  try {
    const job = JSON.parse(text) as Job;
    return job.claim.slot && job.destination.url && job.properties.project_hash ? job : undefined;
  } catch {
    return undefined;
  }
}
