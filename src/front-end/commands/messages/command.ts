import type { Command } from 'commander';
import type { Host } from '../../host/host.ts';

/** `wasp messages`: answered here, never handed over, never reported. */
export function addMessagesCommand(host: Host, program: Command): void {
  const summary = 'read what the makers of Wasp have to say';
  program
    .command('messages')
    .summary(summary)
    .description(
      'All messages from the makers of Wasp that this machine has received, and which ones are new.',
    )
    .usage('[--json]')
    .helpGroup('Messages:')
    .option('--json', 'print JSON; marks nothing as read')
    .action(async ({ json }: { json?: true }) => (await import('./print.ts')).printMessages(host, json));
}
