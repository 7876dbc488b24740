/** Options that several subcommands share, and the parsers of their values. */
import { InvalidArgumentError, Option } from 'commander';
import { parseIsoTime } from '../../protocol/iso-time.ts';
import { isClickHouseAddress } from '../clickhouse/address.ts';
import { OperatorError } from '../errors.ts';
import { DAY_MS } from '../quarter-hours.ts';

/** `--data DIR`, which every subcommand that touches the store needs. */
export function dataOption(): Option {
  return new Option('--data <dir>', 'the data directory; made by `serve` if there is none')
    .argParser(parseDirectory)
    .makeOptionMandatory();
}

function parseDirectory(value: string): string {
  // Not repeated: it may hold a password.
  if (isClickHouseAddress(value))
    throw new OperatorError(
      'This is about a receiver’s own data: --data has to be its directory, not a ClickHouse.',
    );
  return value;
}

/** `--data`, of every subcommand that a ClickHouse can answer as well. */
export function dataOrClickHouseOption(): Option {
  return new Option(
    '--data <dir>',
    'the data directory, or clickhouse://user@host/database, see docs/clickhouse.md',
  ).makeOptionMandatory();
}

/** `--ca FILE`, of every subcommand that may ask a ClickHouse. */
export function caOption(): Option {
  return new Option('--ca <file>', 'PEM certificates to trust with clickhouses://');
}

/** `HOST:PORT`, `[IPv6]:PORT`, `:PORT` or `PORT`; the host is loopback if it is left out. */
export function parseListen(value: string): { host: string; port: number } {
  const match = /^(?:(?:\[([^\]]+)\]|([^:]*)):)?(\d{1,5})$/.exec(value);
  const port = Number(match?.[3]);
  if (!match || port > 65_535) throw new InvalidArgumentError('Expected HOST:PORT, such as 127.0.0.1:8620.');
  return { host: match[1] || match[2] || '127.0.0.1', port };
}

/** `400d` → milliseconds. */
export function parseDays(value: string): number {
  const days = /^(\d{1,5})d$/.exec(value)?.[1];
  if (!days || Number(days) === 0) throw new InvalidArgumentError('Expected a number of days, such as 400d.');
  return Number(days) * DAY_MS;
}

/** A positive number per second, or `off`. */
export function parseRate(value: string): number {
  if (value === 'off') return Number.POSITIVE_INFINITY;
  const rate = Number(value);
  if (!(rate > 0)) throw new InvalidArgumentError('Expected a positive number per second, or off.');
  return rate;
}

/** `2026-11-22` or a full ISO 8601 time, in UTC unless it names an offset → milliseconds UTC. */
export function parseTime(value: string): number {
  const [, day, time = '00:00', zone = 'Z'] = TIME.exec(value) ?? [];
  // Date.parse takes 30 February for 2 March, and 24:00 for the next day.
  const exists = time < '24' && parseIsoTime(`${day}T00:00:00Z`) !== undefined;
  const parsed = exists ? Date.parse(`${day}T${time}${zone}`) : Number.NaN;
  if (Number.isNaN(parsed))
    throw new InvalidArgumentError('Expected a date such as 2026-11-22, or an ISO 8601 time.');
  return parsed;
}

const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?)?$/;
