import type { Host } from '../host/host.ts';
import { SENDER_JOB } from '../host/own-variables.ts';

/**
 * The name of the attempt that this process was started to send, or undefined: then this is an ordinary invocation. A
 * sender is started without arguments, so a command runs whatever that variable holds. What the name is worth is found
 * out by take-on.ts.
 */
export function readJob(host: Host): string | undefined {
  const name = host.argv.length === 0 ? host.env[SENDER_JOB] : undefined;
  return name && isAttemptName(name) ? name : undefined;
}

/** The name of an attempt's file: a time, a project's hash, a slot. Nothing in it can lead out of the journal. */
function isAttemptName(name: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-[0-9a-f]{16}-(build|other)\.json$/.test(name);
}
