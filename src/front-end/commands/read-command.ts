import type { Host } from '../host/host.ts';
import { completionShell, isReportable, OWN_WORDS } from './reportable.ts';

/** What the command line asks for. */
export type Invocation =
  /** Hand it to the real Wasp; `reportable` if a user's command (docs/spec.md section 1). */
  | { readonly kind: 'wasp'; readonly reportable: boolean }
  /** The front end has answered it. */
  | { readonly kind: 'answered' };

/**
 * Answers what is the front end's own. Everything else goes to the real Wasp unread: unknown commands and options, a
 * `--help` behind a command, a leading `--`, anything. What it takes to answer is loaded only then: commander takes 2 ms.
 */
export async function readCommand(host: Host): Promise<Invocation> {
  const [first] = host.argv;
  const shell = completionShell(host.argv);
  if (first === undefined || OWN_WORDS.includes(first)) await (await import('./answer.ts')).answer(host);
  else if (shell) (await import('./completion.ts')).printCompletionScript(host, shell);
  else if (first === 'completion:list') await (await import('./completion.ts')).listCompletions(host);
  else return { kind: 'wasp', reportable: isReportable(host.argv) };
  return { kind: 'answered' };
}
