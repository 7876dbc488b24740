import { Command } from 'commander';
import { isClickHouseAddress, parseAddress } from '../clickhouse/address.ts';
import { messageOf } from '../errors.ts';
import { isDamage } from '../store/sqlite-error.ts';
import { openExistingStore } from './existing-store.ts';
import { caOption, dataOrClickHouseOption } from './options.ts';
import { yieldToReceiving } from './priority.ts';

/** Exit code for a damaged store, as opposed to a check that could not be made, which is 1. */
export const DAMAGED = 2;

interface CheckOptions {
  data: string;
  ca?: string;
  quick: boolean;
}

export function checkCommand(): Command {
  return new Command('check')
    .description('look for damage in the store; the server may run')
    .addOption(dataOrClickHouseOption())
    .addOption(caOption())
    .option('--quick', 'pages only, not indexes and rollups; `serve` does this at its start', false)
    .addHelpText(
      'after',
      '\nEnds with 0 if nothing is wrong, with 2 if something is, with 1 if that can’t be said.',
    )
    .action(run);
}

async function run({ data, ca, quick }: CheckOptions): Promise<void> {
  yieldToReceiving();
  const problems = isClickHouseAddress(data)
    ? await (await import('../clickhouse/check.ts')).problemsInClickHouse(parseAddress(data), { ca })
    : problemsOf(data, quick);
  if (problems.length === 0) {
    process.stdout.write('nothing is wrong\n');
    return;
  }
  for (const problem of problems) process.stderr.write(`wasp-collector: ${problem}\n`);
  process.exitCode = DAMAGED;
}

function problemsOf(data: string, quick: boolean): string[] {
  try {
    const store = openExistingStore(data);
    try {
      return store.check({ quick });
    } finally {
      store.close();
    }
  } catch (error) {
    if (isDamage(error)) return [messageOf(error)];
    throw error;
  }
}
