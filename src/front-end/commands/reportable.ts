import { WASP_COMMANDS } from './wasp-commands.ts';

/** Options and words that ask for help, and that the front end answers. */
export const HELP: readonly string[] = ['--help', '-h', 'help'];
/** All words in first place that are the front end's own. */
export const OWN_WORDS: readonly string[] = [...HELP, '--version', '--licenses', 'telemetry', 'messages'];

/** The shells for which `wasp completion <shell>` prints a script. `wasp completion` alone is the real Wasp's. */
export const COMPLETION_SHELLS = ['bash', 'zsh', 'fish'] as const;
export type CompletionShell = (typeof COMPLETION_SHELLS)[number];

/** The shell, if the arguments are those of `wasp completion <shell>`. */
export function completionShell([first, shell, ...rest]: readonly string[]): CompletionShell | undefined {
  if (first !== 'completion' || rest.length > 0) return undefined;
  return COMPLETION_SHELLS.find((known) => known === shell);
}

/** Is it a user's command, given to the real Wasp? Only those are reported (docs/spec.md section 1). */
export function isReportable(argv: readonly string[]): boolean {
  const [first] = argv;
  if ((first !== undefined && OWN_WORDS.includes(first)) || completionShell(argv)) return false;
  return !WASP_COMMANDS.some(({ name, unattended }) => name === first && unattended);
}
