import { type Command, Help } from 'commander';
import type { Host } from '../../host/host.ts';
import { HELP_LAYOUT } from '../help-layout.ts';

/** The names and summaries of `wasp telemetry …`, for help and completion. */
export const TELEMETRY_COMMANDS = {
  status: 'on or off and why, what is paused, where everything is',
  show: 'exactly what a command would send from here; sends nothing',
  log: 'what has been sent: time, outcome, exact bytes',
  enable: 'send reports',
  disable: 'send nothing, start nothing, write nothing',
  reset: 'make a new anonymous id and forget the log',
} as const;

interface Options {
  readonly json?: true;
}

/**
 * `wasp telemetry …`: answered here, never handed over, never reported (docs/spec.md sections 1 and 6). What answers is
 * loaded when it is asked for.
 */
export function addTelemetryCommands(host: Host, program: Command): void {
  const group = 'Telemetry:';
  const telemetry = program
    .command('telemetry')
    .summary('see and control what is reported about the use of Wasp')
    .description('See and control what is reported about the use of Wasp. Alone: the status.')
    .usage('[command] [--json]')
    .helpGroup(group)
    .helpCommand(false)
    .showHelpAfterError('See: wasp telemetry --help')
    .argument('[command]')
    .option('--json', 'print JSON')
    .configureHelp({ ...HELP_LAYOUT, visibleCommands: (command) => new Help().visibleCommands(command) })
    .action(async (unknown: string | undefined, { json }: Options) => {
      // Commander's own answer, which names what was probably meant. It isn't given where there is an action.
      if (unknown !== undefined) (telemetry as Command & { unknownCommand(): never }).unknownCommand();
      return (await answers()).printStatus(host, json);
    });
  telemetry
    .command('help [command]', { hidden: true })
    .allowUnknownOption()
    .action((name?: string) =>
      (telemetry.commands.find((one) => one.name() === name) ?? telemetry).outputHelp(),
    );

  const add = (name: keyof typeof TELEMETRY_COMMANDS) =>
    telemetry
      .command(name)
      .summary(TELEMETRY_COMMANDS[name])
      .description(TELEMETRY_COMMANDS[name])
      .usage('[--json]')
      .helpGroup(group)
      .option('--json', 'print JSON');

  add('status').action(async ({ json }: Options) => (await answers()).printStatus(host, json));
  add('show')
    .usage('[--json] [command...]')
    .argument('[command...]', "the command as it would be typed, without 'wasp'")
    .passThroughOptions()
    .action(async (command: string[], { json }: Options) =>
      (await answers()).printPreview(host, command, json),
    );
  add('log').action(async ({ json }: Options) => (await answers()).printLog(host, json));
  // What people type first.
  add('enable')
    .alias('on')
    .action(async ({ json }: Options) => (await answers()).enable(host, json));
  add('disable')
    .alias('off')
    .action(async ({ json }: Options) => (await answers()).disable(host, json));
  add('reset').action(async ({ json }: Options) => (await answers()).reset(host, json));
}

function answers() {
  return import('./answers.ts');
}
