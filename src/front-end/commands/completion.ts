import { askCompletions } from '../handoff/ask-wasp.ts';
import { becomeWasp } from '../handoff/become.ts';
import { findWaspOutsideProjects } from '../handoff/locate.ts';
import type { Wasp } from '../handoff/wasp.ts';
import type { Host } from '../host/host.ts';
import { knownWords, previewedWords } from './completion-words.ts';
import type { CompletionShell } from './reportable.ts';

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
 * `wasp completion:list`: our own words for this line, and those of a Wasp outside all projects. A key that is pressed
 * in a folder from somewhere must not run what lies in it (docs/spec.md section 7). Wasp is asked without the arguments
 * that Bash adds; with them, 0.25.0 answers with its usage.
 */
export async function listCompletions(host: Host): Promise<void> {
  const line = lineToCursor(host);
  const wasp = waspToAsk(host);
  // Not a shell's question. Wasp answers this one itself, and we as it would.
  if (line === undefined && wasp) return becomeWasp(host, wasp);
  const [, ...before] = (line ?? 'wasp ').trimStart().split(/\s+/);
  const word = before.pop() ?? '';
  const words = [...(wasp ? waspWords(host, wasp, before, word) : []), ...knownWords(before)];
  // For `wasp build ` the real Wasp offers `build` once more.
  const fitting = [...new Set(words)].filter((offer) => offer.startsWith(word) && offer !== before.at(-1));
  host.write(1, fitting.map((offer) => `${offer}\n`).join(''));
}

/** What is behind the cursor is no part of the word that is asked for. COMP_POINT counts characters; our scripts don't set it. */
function lineToCursor({ env: { COMP_LINE, COMP_POINT } }: Host): string | undefined {
  if (!COMP_POINT || !/^\d+$/.test(COMP_POINT)) return COMP_LINE;
  return COMP_LINE && [...COMP_LINE].slice(0, Number(COMP_POINT)).join('');
}

function waspToAsk(host: Host): Wasp | undefined {
  try {
    return findWaspOutsideProjects(host);
  } catch {
    return undefined;
  }
}

function waspWords(host: Host, wasp: Wasp, before: readonly string[], word: string): string[] {
  const previewed = previewedWords(before);
  if (!previewed && (before[0] === 'telemetry' || before[0] === 'messages')) return [];
  return askCompletions(host, wasp.file, ['wasp', ...(previewed ?? before), word].join(' '));
}
