/** The collector's command line: which subcommand, and how a failure is told. */
import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { backupCommand } from './commands/backup.ts';
import { checkCommand } from './commands/check.ts';
import { clickHouseSchemaCommand } from './commands/clickhouse-schema.ts';
import { compareCommand } from './commands/compare.ts';
import { demoDataCommand } from './commands/demo-data.ts';
import { digestCommand } from './commands/digest.ts';
import { exportCommand } from './commands/export.ts';
import { forgetCommand } from './commands/forget.ts';
import { importCommand } from './commands/import.ts';
import { keygenCommand } from './commands/keygen.ts';
import { messageCommand } from './commands/message.ts';
import { noteCommand } from './commands/note.ts';
import { pictureCommand } from './commands/picture.ts';
import { publicCommand } from './commands/public.ts';
import { reportCommand } from './commands/report.ts';
import { rollupCommand } from './commands/rollup.ts';
import { serveCommand } from './commands/serve.ts';
import { shipCommand } from './commands/ship.ts';
import { hasCode, isOperators, messageOf } from './errors.ts';

/** `argv` as in `process.argv`. Sets the exit code: 0, 1 for a failure; commander exits with 1 on wrong usage. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(argv);
  } catch (error) {
    process.exitCode = 1;
    // The reader of our output has closed it: `export … | head`.
    if (hasCode(error, 'EPIPE')) return;
    process.stderr.write(`wasp-collector: ${messageOf(error)}\n`);
    // What nothing foresaw needs its stack; what an operator can solve needs none.
    if (!isOperators(error)) process.stderr.write(`${(error as Error).stack}\n`);
  }
}

function program(): Command {
  return new Command('wasp-collector')
    .version(packageJson.version, '--version', 'display its version')
    .description('Receives the reports of Wasp command lines, keeps them, and answers questions about them.')
    .addCommand(serveCommand())
    .addCommand(importCommand())
    .addCommand(exportCommand())
    .addCommand(forgetCommand())
    .addCommand(backupCommand())
    .addCommand(checkCommand())
    .addCommand(reportCommand())
    .addCommand(noteCommand())
    .addCommand(pictureCommand(), { hidden: true })
    .addCommand(digestCommand())
    .addCommand(publicCommand())
    .addCommand(rollupCommand())
    .addCommand(shipCommand())
    .addCommand(compareCommand())
    .addCommand(clickHouseSchemaCommand())
    .addCommand(demoDataCommand())
    .addCommand(keygenCommand())
    .addCommand(messageCommand());
}
