import { Command } from 'commander';
import type { ClickHouseAddress } from '../clickhouse/address.ts';
import { parseAddress } from '../clickhouse/address.ts';
import { newestNumber } from '../clickhouse/newest-number.ts';
import type { Shipped } from '../clickhouse/shipped.ts';
import { openExistingStore } from './existing-store.ts';
import { caOption, dataOption } from './options.ts';
import { yieldToReceiving } from './priority.ts';
import { progress } from './progress.ts';

interface ShipCommandOptions {
  data: string;
  to: ClickHouseAddress;
  follow: boolean;
  create: boolean;
  ca?: string;
  state: boolean;
}

export function shipCommand(): Command {
  return new Command('ship')
    .description(
      'send what was received to ClickHouse, from where it stopped the last time; the server may run',
    )
    .addOption(dataOption())
    .requiredOption('--to <address>', 'clickhouse://user@host:8123/database?cluster=NAME', parseAddress)
    .option('--follow', 'go on as reports come, and try again when ClickHouse is away', false)
    .option('--create', 'make the database and the tables first, where there are none', false)
    .addOption(caOption())
    .option('--state', 'a line of JSON on standard output after each batch', false)
    .addHelpText(
      'after',
      '\nThe password is read from WASP_COLLECTOR_CLICKHOUSE_PASSWORD, or the file that WASP_COLLECTOR_CLICKHOUSE_PASSWORD_FILE names.\nSee docs/clickhouse.md.',
    )
    .action(run);
}

async function run({ data, to, follow, create, ca, state: tellsState }: ShipCommandOptions): Promise<void> {
  yieldToReceiving();
  const store = openExistingStore(data);
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  // Where the process that started this one is gone, so is who would read its state.
  if (tellsState) process.stdout.once('error', () => stop.abort());
  try {
    const { shipLog } = await import('../clickhouse/ship-log.ts');
    if (create) await (await import('../clickhouse/manage-schema.ts')).createSchema(to, { ca });
    const bar = tellsState ? undefined : shippingProgress(store);
    const shipped = await shipLog({
      ...{ dataDir: data, store, address: to, ca, follow, signal: stop.signal },
      onChange(state) {
        if (tellsState) process.stdout.write(`${JSON.stringify(state)}\n`);
        bar?.update(state);
      },
    });
    bar?.stop();
    if (!tellsState) process.stdout.write(told(shipped));
  } finally {
    store.close();
  }
}

/** As much of the log as there was at the start is the whole. */
function shippingProgress(store: ReturnType<typeof openExistingStore>) {
  const bar = progress('shipping', newestNumber(store));
  return { update: ({ number }: Shipped) => bar.update(number), stop: () => bar.stop() };
}

function told({ events, batches, number }: Shipped): string {
  if (events === 0) return `nothing to ship: everything up to number ${number} is there\n`;
  return `shipped ${events.toLocaleString('en')} events in ${batches} ${batches === 1 ? 'batch' : 'batches'}, up to number ${number}\n`;
}
