/** One ClickHouse server, asked by its official client. */
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { messageOf, OperatorError } from '../errors.ts';
import { readSecret } from '../secrets.ts';
import type { ClickHouseAddress } from './address.ts';

/** Numbers come as numbers up to 2^53, above as text. */
export type Cell = string | number | null;

export interface ClickHouseServer {
  /** `http://host:8123` */
  readonly url: string;
  /** @throws ClickHouseError */
  select(sql: string, settings?: Settings): Promise<Cell[][]>;
  /** For what has no rows as its answer. @throws ClickHouseError */
  execute(sql: string, settings?: Settings): Promise<void>;
  /** @param lines of TabSeparated, in the order of `columns` @throws ClickHouseError */
  insert(table: string, columns: readonly string[], lines: string, settings?: Settings): Promise<void>;
  close(): Promise<void>;
}

export type Settings = Readonly<Record<string, string | number>>;

export interface ConnectionOptions {
  /** A file of PEM certificates that are trusted beside the usual ones. */
  ca?: string | undefined;
  /** Of one request, in milliseconds. */
  timeout?: number;
  /** Ends requests that are under way. */
  signal?: AbortSignal;
}

/** Ten minutes: a figure of a store of many hundred million events on a busy server. */
const USUAL_TIMEOUT = 600_000;

/** What ClickHouse or the way to it said. */
export class ClickHouseError extends OperatorError {
  override name = 'ClickHouseError';
  /** Trying again changes nothing, as after a wrong password. */
  readonly isLasting: boolean;
  /** One of few words, for metrics: `clickhouse_516`, by ClickHouse's code, `ECONNREFUSED`, or what else there is. */
  readonly reason: string;
  constructor(message: string, isLasting: boolean, reason: string) {
    super(message);
    this.isLasting = isLasting;
    this.reason = reason;
  }
}

/** The password is that of WASP_COLLECTOR_CLICKHOUSE_PASSWORD. Connects at the first question. */
export function clickHouseServer(
  url: string,
  { user, database }: Pick<ClickHouseAddress, 'user' | 'database'>,
  { ca, timeout = USUAL_TIMEOUT, signal }: ConnectionOptions = {},
): ClickHouseServer {
  const password = readSecret('WASP_COLLECTOR_CLICKHOUSE_PASSWORD') ?? '';
  const client = createClient({
    ...{ url, username: user, password, database, request_timeout: timeout },
    application: 'wasp-collector',
    max_open_connections: 4,
    // A server closes what is idle after seconds; a question that is sent at that instant would fail.
    keep_alive: { enabled: false },
    ...(ca !== undefined && { tls: { ca_cert: certificates(ca) } }),
    log: { level: 127 },
  });
  const abort = signal === undefined ? {} : { abort_signal: signal };
  const named = guard(new URL(url).host, password);
  return {
    url,
    select: (sql, settings) => named(() => select(client, sql, settings, abort)),
    execute: (sql, settings = {}) =>
      named(async () => void (await client.command({ query: sql, clickhouse_settings: settings, ...abort }))),
    insert: (table, columns, lines, settings = {}) =>
      named(async () => {
        const format = 'TabSeparated';
        const values = Readable.from([lines], { objectMode: false });
        const [first = '', ...others] = columns;
        await client.insert({
          table,
          columns: [first, ...others],
          values,
          format,
          clickhouse_settings: settings,
          ...abort,
        });
      }),
    close: () => client.close(),
  };
}

async function select(
  client: ClickHouseClient,
  sql: string,
  settings: Settings = {},
  abort: { abort_signal?: AbortSignal } = {},
): Promise<Cell[][]> {
  const options = { format: 'JSONCompact', clickhouse_settings: settings, ...abort } as const;
  const answer = await client.query({ query: sql, ...options });
  const { data, meta } = (await answer.json()) as { data: Cell[][]; meta: { type: string }[] };
  const numeric = meta.map(({ type }) => /^(U?Int|Float)/.test(type));
  return data.map((row) => row.map((cell, column) => (numeric[column] ? number(cell) : cell)));
}

/** 64-bit integers come quoted or not, depending on the version. */
function number(cell: Cell): Cell {
  const value = Number(cell);
  return Number.isSafeInteger(value) || typeof cell === 'number' ? value : cell;
}

function certificates(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new OperatorError(`--ca: ${messageOf(error)}`);
  }
}

const UNKNOWN_DATABASE = '81';

/** Codes of ClickHouse that mean: not with this name, password or database. */
const LASTING = new Set(['192', '193', '194', '516', '81', '497']);

/** Errors name the server and never hold the password. */
function guard(host: string, password: string) {
  return async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      const { message, code: parsed } = error as Error & { code?: string };
      // The client doesn't know how old servers write it.
      const code = parsed ?? /^Code: (\d+)/.exec(message)?.[1];
      const text = (message || String(code)).split('\n')[0] as string;
      const hidden = password === '' ? text : text.replaceAll(password, '…');
      const told =
        String(code) === UNKNOWN_DATABASE ? `${hidden}. wasp-collector ship --create makes it` : hidden;
      throw new ClickHouseError(`ClickHouse at ${host}: ${told}`, LASTING.has(String(code)), reasonOf(code));
    }
  };
}

/** By the code of ClickHouse, or of Node; the client has none where an answer doesn't come in time. */
function reasonOf(code: string | undefined): string {
  if (code === undefined) return 'no_answer';
  return /^\d+$/.test(code) ? `clickhouse_${code}` : code;
}
