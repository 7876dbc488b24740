import { basename } from 'node:path';
import { Command } from 'commander';
import { isClickHouseAddress, parseAddress } from '../clickhouse/address.ts';
import { OperatorError } from '../errors.ts';
import { storedForms } from '../ingest/distinct-id.ts';
import { findTraces } from '../store/find-traces.ts';
import type { Forgotten, Remains } from '../store/store.ts';
import { openExistingStore } from './existing-store.ts';
import { caOption, dataOrClickHouseOption } from './options.ts';
import { progressOfRollups } from './progress-of-rollups.ts';
import { readIds } from './read-ids.ts';

export function forgetCommand(): Command {
  return new Command('forget')
    .description('remove everything about users, and say what was removed from where; the server may run')
    .argument('[distinct_id...]', 'as `wasp telemetry` shows it to its user')
    .option(
      '--file <file>',
      'more of them from a file: an id per line, # begins a comment; - reads standard input',
    )
    .addOption(dataOrClickHouseOption())
    .addOption(caOption())
    .addHelpText('after', '\nBackups and exports made earlier still hold them: remove those yourself.')
    .action(run);
}

interface ForgetOptions {
  data: string;
  ca?: string;
  file?: string;
}

async function run(ids: string[], { data, ca, file }: ForgetOptions): Promise<void> {
  const given = [...new Set([...ids, ...(file === undefined ? [] : readIds(file, 'forget'))])];
  if (given.length === 0) throw new OperatorError('Who? Name a distinct_id, or a --file of them.');
  const stored = [...new Set(given.flatMap(storedForms))];
  if (isClickHouseAddress(data)) return forgetThere(data, stored, ca);
  const { forgotten, remains } = removed(data, stored);
  if (forgotten.users === 0) {
    const who = given.length === 1 ? `the distinct_id ${JSON.stringify(given[0])}` : 'any of these ids';
    throw new OperatorError(`Nobody with ${who} is stored.`);
  }
  const unknown = new Set(forgotten.unknown);
  const isUnknown = (id: string) => unknown.has(id);
  const lines = [
    ...receipt(forgotten),
    ...given.filter((id) => storedForms(id).every(isUnknown)).map((id) => `not stored: ${id}`),
    ...lookedAgain(
      data,
      stored.filter((id) => !isUnknown(id)),
      remains,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function forgetThere(data: string, distinctIds: readonly string[], ca?: string): Promise<void> {
  const { forgetInClickHouse } = await import('../clickhouse/forget.ts');
  const servers = await forgetInClickHouse(parseAddress(data), distinctIds, { ca });
  const lines = servers.map(({ server, events, left, failure }) =>
    failure === null
      ? `${server}: removed ${events} events; looked again: ${left || 'nothing'} left\n`
      : `${server}: not looked at: ${failure}\n`,
  );
  process.stdout.write(
    `${lines.join('')}Receivers remove them from their own logs when they ship the next time.\n`,
  );
  const [absent, remaining] = [
    servers.filter(({ failure }) => failure !== null),
    servers.filter(({ left }) => left > 0),
  ];
  if (absent.length > 0)
    throw new OperatorError(
      `${absent.map(({ server }) => server).join(', ')} did not answer: repeat this when it is back.`,
    );
  if (remaining.length > 0)
    throw new OperatorError('Some are left, since they have arrived meanwhile: repeat this.');
}

function removed(data: string, distinctIds: readonly string[]): { forgotten: Forgotten; remains: Remains } {
  const store = openExistingStore(data);
  const bar = progressOfRollups();
  try {
    return {
      forgotten: store.forget(distinctIds, bar.update),
      remains: store.remainsOf(distinctIds),
    };
  } finally {
    bar.stop();
    store.close();
  }
}

function receipt({ users, events, projects, rollupRows, words }: Forgotten): string[] {
  return [
    `removed ${events} events and ${projects} projects`,
    `  users: ${users}; events in the log: ${events}, in the rollups: ${rollupRows}`,
    `  combinations of version, system, context and deployment that no other event has: ${words}`,
  ];
}

function lookedAgain(data: string, distinctIds: readonly string[], { events, users }: Remains): string[] {
  if (events > 0 || users > 0) {
    return [`looked again: ${events} events have arrived since; to remove them too, say it once more`];
  }
  const { ids, files } = findTraces(data, distinctIds);
  const nothing = 'looked again: nothing in the log, nothing in the rollups';
  if (ids === 0) return [nothing];
  if (files.length === 0) {
    return [`${nothing}, and no byte of ${ids === 1 ? 'the id' : `${ids} of the ids`} in the files`];
  }
  const names = files.map((file) => basename(file)).join(' and ');
  return [
    `${nothing}; but ${names} still has bytes of the id, because another process was reading. ` +
      'Say `wasp-collector rollup --rebuild` to overwrite them.',
  ];
}
