import { COMPLETION_SHELLS, OWN_WORDS } from './reportable.ts';
import { TELEMETRY_COMMANDS } from './telemetry/commands.ts';
import { WASP_COMMANDS, type WaspCommand } from './wasp-commands.ts';

/** What our own tables offer behind these words of a `wasp` command line, without running anything. */
export function knownWords(before: readonly string[]): string[] {
  const [first, ...rest] = before;
  if (first === undefined) return [...names(WASP_COMMANDS), ...OWN_WORDS];
  if (first === 'telemetry') return wordsOfTelemetry(rest);
  if (first === 'messages') return rest.length === 0 ? ['--json'] : [];
  if (first === 'completion') return rest.length === 0 ? [...COMPLETION_SHELLS] : [];
  return names(below(WASP_COMMANDS, before));
}

/** The words behind `wasp telemetry show`, which are a command line of their own; undefined if it is another line. */
export function previewedWords([first, ...rest]: readonly string[]): readonly string[] | undefined {
  const [command, ...words] = first === 'telemetry' ? withoutOptions(rest) : [];
  return command === 'show' ? words : undefined;
}

function wordsOfTelemetry(before: readonly string[]): string[] {
  const [command, ...words] = withoutOptions(before);
  // Behind `--` it would be an option of the command that is previewed.
  const options = before.includes('--json') || before.includes('--') ? [] : ['--json'];
  if (command === undefined) return [...Object.keys(TELEMETRY_COMMANDS), ...options];
  if (command !== 'show') return options;
  const commands = words.length === 0 ? WASP_COMMANDS : below(WASP_COMMANDS, words);
  return [...names(commands), ...options];
}

function withoutOptions(words: readonly string[]): string[] {
  return words.filter((word) => word !== '--json' && word !== '--');
}

/** The commands of a command, however deep; none if there is no such command. */
function below(commands: readonly WaspCommand[], words: readonly string[]): readonly WaspCommand[] {
  const [name, ...rest] = words;
  if (name === undefined) return commands;
  return below(commands.find((command) => command.name === name)?.commands ?? [], rest);
}

function names(commands: readonly WaspCommand[]): string[] {
  return commands.filter(({ unattended }) => !unattended).map(({ name }) => name);
}
