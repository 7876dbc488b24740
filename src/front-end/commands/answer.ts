import { Command, CommanderError } from 'commander';
import type { Host } from '../host/host.ts';
import { HELP_LAYOUT } from './help-layout.ts';
import { addMessagesCommand } from './messages/command.ts';
import { HELP } from './reportable.ts';
import { addTelemetryCommands } from './telemetry/commands.ts';
import { WASP_COMMANDS, type WaspCommand } from './wasp-commands.ts';

/** Answers a command line that is the front end's own, read by commander. */
export async function answer(host: Host): Promise<void> {
  let complaint = '';
  const complain = (text: string) => {
    complaint += text;
  };
  try {
    await createProgram(host, complain).parseAsync(jsonFirst(host.argv), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander repeats what was typed, control characters included.
    const { escapeUnseenInLines } = await import('../host/escape.ts');
    if (complaint !== '') host.write(2, escapeUnseenInLines(complaint));
    host.setExitCode(error.exitCode);
  }
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

function createProgram(host: Host, complain: (text: string) => void): Command {
  const program = new Command('wasp')
    .description('The command line of Wasp, the full-stack web framework: https://wasp.sh')
    .usage('<command> [args...]')
    .helpOption('-h, --help', 'print this help')
    .commandsGroup('Help:')
    .helpCommand('help', 'print this help')
    .option('--version', "print the front end's version and Wasp's")
    .option('--licenses', 'print the licences of what is in this program')
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
    .action(async (_: string[], options: { version?: boolean; licenses?: boolean }) => {
      if (options.version) return (await import('./version.ts')).printVersions(host);
      if (options.licenses) return (await import('./licences.ts')).printLicences(host);
      // As the real Wasp: its usage, and a failure.
      program.outputHelp();
      host.setExitCode(1);
    });
  program.configureHelp(HELP_LAYOUT);
  const [first] = host.argv;
  // Building a command takes longer than finding out that it isn't needed.
  if (first === undefined || HELP.includes(first)) addWaspCommands(program, WASP_COMMANDS);
  addTelemetryCommands(host, program);
  addMessagesCommand(host, program);
  return program;
}

/** For help: they are listed, never run. */
function addWaspCommands(parent: Command, commands: readonly WaspCommand[]): void {
  for (const { name, unattended = false, summary, args, group, commands: own = [] } of commands) {
    const command = parent
      .command(name, { hidden: unattended })
      .summary(summary)
      .description(summary)
      // Without a usage, commander makes one up.
      .usage(args ?? ' ')
      .helpGroup(group)
      .helpOption(false)
      .helpCommand(false);
    addWaspCommands(command, own);
  }
}
