import { Help, type HelpConfiguration } from 'commander';

/** Below this width, in columns, a label gets a line of its own. */
export const NARROW = 60;

/** How help looks: commands of commands stand with the others, by their full name, as the real Wasp lists them. */
export const HELP_LAYOUT: HelpConfiguration = {
  minWidthToWrap: 0,
  visibleArguments: () => [],
  visibleCommands: (command) => {
    const help = new Help();
    return help.visibleCommands(command).flatMap((own) => [own, ...help.visibleCommands(own)]);
  },
  subcommandTerm: (command) => {
    const parents = command.parent?.parent ? `${command.parent.name()} ` : '';
    // Every command of telemetry takes --json; its own help says so.
    return `${parents}${command.name()} ${command.usage().replace('[--json]', '').trim()}`.trimEnd();
  },
  formatItem(term, termWidth, description, helper) {
    const width = helper.helpWidth ?? 80;
    if (width >= NARROW) return Help.prototype.formatItem.call(this, term, termWidth, description, helper);
    return `  ${term}\n      ${helper.boxWrap(description, width - 6).replaceAll('\n', '\n      ')}`;
  },
};
