import { askWasp } from '../handoff/ask-wasp.ts';
import { becomeWasp } from '../handoff/become.ts';
import { findWasp, locateWasp } from '../handoff/locate.ts';
import type { Host } from '../host/host.ts';
import { findProject } from '../telemetry/project.ts';
import { COMPLETION_SHELLS, type CompletionShell, OWN_WORDS } from './reportable.ts';
import { TELEMETRY_COMMANDS } from './telemetry/commands.ts';

/** The shells' own ways to ask `wasp completion:list`, which reads the line so far from COMP_LINE, as Bash hands it over. */
const SCRIPTS: Record<CompletionShell, string> = {
  bash: `complete -o default -C 'wasp completion:list' wasp
`,
  zsh: `_wasp() {
  local -a words_of_wasp
  words_of_wasp=("\${(@f)$(COMP_LINE="\${(j: :)words[1,CURRENT]}" wasp completion:list 2>/dev/null)}")
  compadd -a words_of_wasp
  (( \${#words_of_wasp} )) && [[ -n \${words_of_wasp[1]} ]] || _files
}
compdef _wasp wasp
`,
  fish: `complete -c wasp -a '(COMP_LINE=(commandline -cp) wasp completion:list 2>/dev/null)'
`,
};

/** `wasp completion bash|zsh|fish`: the script for that shell's start-up file. */
export function printCompletionScript(host: Host, shell: CompletionShell): void {
  host.write(1, SCRIPTS[shell]);
}

/**
 * `wasp completion:list`: the real Wasp's words for this line, and the front end's. The real Wasp is asked without
 * the arguments that Bash adds; with them, 0.25.0 answers with its usage.
 */
export async function listCompletions(host: Host): Promise<void> {
  const line = host.env.COMP_LINE;
  const project = findProject(host);
  if (line === undefined) return becomeWasp(host, locateWasp(host, project));
  const [, ...before] = line.trimStart().split(/\s+/);
  const word = before.pop() ?? '';
  const words = [...(await waspWords(host, project, before)), ...ownWords(before)];
  // For `wasp start ` the real Wasp offers `start` once more.
  const fitting = [...new Set(words)].filter((offer) => offer.startsWith(word) && offer !== before.at(-1));
  host.write(1, fitting.map((offer) => `${offer}\n`).join(''));
}

async function waspWords(
  host: Host,
  project: string | undefined,
  before: readonly string[],
): Promise<string[]> {
  if (before[0] === 'telemetry' || before[0] === 'messages') return [];
  try {
    const wasp = findWasp(host, project);
    const list = wasp && askWasp(host, wasp.file, ['completion:list']);
    return list?.split('\n').filter(Boolean) ?? [];
  } catch {
    return [];
  }
}

function ownWords(before: readonly string[]): string[] {
  if (before.length === 0) return [...OWN_WORDS];
  if (before.length === 1 && before[0] === 'telemetry') return Object.keys(TELEMETRY_COMMANDS);
  if (before.length === 1 && before[0] === 'completion') return [...COMPLETION_SHELLS];
  return [];
}
