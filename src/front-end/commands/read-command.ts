import { Command, CommanderError } from 'commander';
import type { Host } from '../host/host.ts';
import { HELP_LAYOUT } from './help-layout.ts';
import { addMessagesCommand } from './messages/command.ts';
import { completionShell, HELP, isReportable, OWN_WORDS } from './reportable.ts';
import { addTelemetryCommands } from './telemetry/commands.ts';
import { WASP_COMMANDS, type WaspCommand } from './wasp-commands.ts';

/** What the command line asks for. */
export type Invocation =
  /** Hand it to the real Wasp; `reportable` if a user's command (docs/spec.md section 1). */
  | { readonly kind: 'wasp'; readonly reportable: boolean }
  /** The front end has answered it. */
  | { readonly kind: 'answered' };

/**
 * Reads the command line with commander. Whatever is not the front end's own goes to the real Wasp unread: unknown
 * commands and options, a `--help` behind a command, a leading `--`, anything.
 */
export async function readCommand(host: Host): Promise<Invocation> {
  const [first] = host.argv;
  // Commander would drop a leading `--` and look for a command behind it.
  if (first?.startsWith('-') && !OWN_WORDS.includes(first)) return { kind: 'wasp', reportable: true };

  let invocation: Invocation = { kind: 'answered' };
  const toWasp = async () => {
    const shell = completionShell(host.argv);
    if (shell) return (await import('./completion.ts')).printCompletionScript(host, shell);
    if (first === 'completion:list') return (await import('./completion.ts')).listCompletions(host);
    invocation = { kind: 'wasp', reportable: isReportable(host.argv) };
  };
  let complaint = '';
  const complain = (text: string) => {
    complaint += text;
  };
  const program = createProgram(host, toWasp, complain);
  try {
    await program.parseAsync(jsonFirst(host.argv), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander repeats what was typed, control characters included.
    const { escapeUnseenInLines } = await import('../../protocol/escape-unseen.ts');
    if (complaint !== '') host.write(2, escapeUnseenInLines(complaint));
    host.setExitCode(error.exitCode);
  }
  return invocation;
}

/** `--json` works anywhere after `wasp telemetry`, up to a `--`; the previewed command of `show` may follow that. */
function jsonFirst(argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  if (first !== 'telemetry') return argv;
  const end = rest.indexOf('--');
  const ours = end < 0 ? rest : rest.slice(0, end);
  if (!ours.includes('--json')) return argv;
  const words = ours.filter((word) => word !== '--json');
  const [command, ...args] = words;
  const known = command === undefined || command.startsWith('-') ? words : [command, '--json', ...args];
  return [first, ...(known === words ? ['--json', ...words] : known), ...rest.slice(ours.length)];
}

function createProgram(host: Host, toWasp: () => Promise<void>, complain: (text: string) => void): Command {
  const program = new Command('wasp')
    .argument('[args...]')
    .enablePositionalOptions()
    .passThroughOptions()
    .exitOverride()
    .configureOutput({
      // Commander's own defaults would touch process.stdout.
      writeOut: (text) => host.write(1, text),
      writeErr: complain,
      getOutHelpWidth: () => host.columns(1) ?? 80,
      getErrHelpWidth: () => host.columns(2) ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .action(async (args: string[], options: { version?: boolean; licenses?: boolean }) => {
      if (options.version) return (await import('./version.ts')).printVersions(host);
      if (options.licenses) return (await import('./licences.ts')).printLicences(host);
      if (args.length > 0) return toWasp();
      // As the real Wasp: its usage, and a failure.
      program.outputHelp();
      host.setExitCode(1);
    });
  const [first] = host.argv;
  const isOurs = first === undefined || OWN_WORDS.includes(first);
  // What a command of Wasp's doesn't need isn't made on its way.
  if (isOurs) addHelpAndOptions(program);
  else program.helpOption(false).helpCommand(false);
  addWaspCommands(host, program, toWasp);
  if (isOurs) {
    addTelemetryCommands(host, program);
    addMessagesCommand(host, program);
  }
  return program;
}

function addHelpAndOptions(program: Command): void {
  program
    .description('The command line of Wasp, the full-stack web framework: https://wasp.sh')
    .usage('<command> [args...]')
    .configureHelp(HELP_LAYOUT)
    .helpOption('-h, --help', 'print this help')
    .commandsGroup('Help:')
    .helpCommand('help', 'print this help')
    .option('--version', "print the front end's version and Wasp's")
    .option('--licenses', 'print the licences of what is in this program');
}

/** Only the command that is asked for, unless help asks for all: building a command costs more than finding it. */
function addWaspCommands(host: Host, program: Command, toWasp: () => Promise<void>): void {
  const [first] = host.argv;
  if (first === undefined || HELP.includes(first)) {
    for (const command of WASP_COMMANDS) addWithItsOwn(program, command, toWasp);
    return;
  }
  const command = WASP_COMMANDS.find(({ name }) => name === first);
  if (command) addWaspCommand(program, command, toWasp);
}

function addWaspCommand(parent: Command, command: WaspCommand, toWasp: () => Promise<void>): Command {
  return (
    parent
      .command(command.name, { hidden: command.unattended ?? false })
      .summary(command.summary)
      .description(command.summary)
      // Without a usage, commander makes one up.
      .usage(command.args ?? ' ')
      .helpGroup(command.group)
      .helpOption(false)
      .helpCommand(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .passThroughOptions()
      .action(toWasp)
  );
}

function addWithItsOwn(parent: Command, command: WaspCommand, toWasp: () => Promise<void>): void {
  const added = addWaspCommand(parent, command, toWasp);
  for (const own of command.commands ?? []) addWithItsOwn(added, own, toWasp);
}
