import type { Host } from '../host/host.ts';
import { documentNames, messagesDirectory } from './document-names.ts';
import { trustedKeys } from './keys.ts';
import { isSettled } from './settled.ts';

/**
 * Shows what the maintainers have to say, if anything is due to a user at a terminal. What it takes to show
 * something is loaded only then; a run without anything lists one folder, which usually isn't there. Whatever goes
 * wrong in here is swallowed: nothing is said, and the command runs. The caller has found that telemetry is on.
 * @param cache the cache directory
 * @param version of the real Wasp that this run becomes
 */
export async function showMessagesIfDue(
  host: Host,
  cache: string | undefined,
  version: string | undefined,
): Promise<void> {
  // JSON is asked for by programs.
  if (cache === undefined || host.argv.includes('--json')) return;
  try {
    const directory = messagesDirectory(cache);
    const keys = trustedKeys(host.env);
    const names = documentNames(host, directory, keys);
    if (names.length === 0) return;
    const situation = { cache, directory, keys, names, version };
    if (isSettled(host, situation) || !host.isTerminal(2) || (await host.isCI())) return;
    (await import('./show.ts')).show(host, situation);
  } catch {
    // A read-only home: what can't be remembered as shown is not shown.
  }
}
