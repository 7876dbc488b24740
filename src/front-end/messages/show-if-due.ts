import type { Host } from '../host/host.ts';
import { isExpired } from './expiry.ts';
import { messagesDirectory, newestDocument } from './inbox.ts';
import { trustedKeys } from './keys.ts';
import { isSettled } from './settled.ts';

/**
 * Shows what the maintainers have to say, if anything is due to a person at a terminal. What it takes to show
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
  // Whoever asks for JSON reads it with a program.
  if (cache === undefined || host.argv.includes('--json')) return;
  try {
    const directory = messagesDirectory(cache);
    const document = newestDocument(host, directory, trustedKeys(host.env));
    if (!document || isExpired(document, host.now())) return;
    const situation = { cache, directory, document, version };
    if (isSettled(host, situation) || !host.isTerminal(2) || (await host.isCI())) return;
    const { show } = await import('./show.ts');
    await show(host, situation);
  } catch {
    // A read-only home: what can't be remembered as shown is not shown.
  }
}
