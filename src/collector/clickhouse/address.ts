/** Where a ClickHouse is: `clickhouse://user@host:8123,host:8123/database?cluster=NAME`. */
import { OperatorError } from '../errors.ts';

export interface ClickHouseAddress {
  /** `http://host:8123`, at least one. In a cluster: every server of it that may be asked. */
  readonly servers: readonly string[];
  readonly user: string;
  readonly database: string;
  /** As in the servers' `remote_servers`; undefined for a single server. */
  readonly cluster: string | undefined;
}

const EXAMPLE = 'clickhouse://user@host:8123/wasp, or clickhouse://host-1,host-2/wasp?cluster=NAME';

/** Whatever stands between a colon and an @, whichever characters a password has. */
const PASSWORD = /^clickhouses?:\/\/.*:.*@/is;

const PASSWORD_REFUSED =
  'The address holds a password, which every user of this machine can see. Put it into WASP_COLLECTOR_CLICKHOUSE_PASSWORD, or name its file in WASP_COLLECTOR_CLICKHOUSE_PASSWORD_FILE.';

/** Is this a ClickHouse, and not a data directory? */
export function isClickHouseAddress(text: string): boolean {
  return /^clickhouses?:/i.test(text);
}

/**
 * Names of databases and clusters go into SQL as they are, so they are letters, digits and underscores.
 * The port is 8123, with TLS (`clickhouses:`) 8443, unless it says so.
 * @throws OperatorError that says what is wrong and never repeats a password
 */
export function parseAddress(text: string): ClickHouseAddress {
  if (PASSWORD.test(text)) throw new OperatorError(PASSWORD_REFUSED);
  const match = /^(clickhouses?):\/\/(?:([^@/]*)@)?([^/?]+)\/([^?]*)(?:\?(.*))?$/i.exec(text);
  if (!match) throw new OperatorError(`This is not the address of a ClickHouse. Expected ${EXAMPLE}.`);
  const [, scheme = '', user = '', hosts = '', database = '', query = ''] = match;
  const parameters = new URLSearchParams(query);
  const cluster = parameters.get('cluster') ?? undefined;
  const unknown = [...parameters.keys()].find((key) => key !== 'cluster');
  if (unknown !== undefined) {
    throw new OperatorError(
      `The address has a parameter ${unknown}, which means nothing here; only cluster does.`,
    );
  }
  const isSecure = scheme.toLowerCase() === 'clickhouses';
  return {
    servers: hosts.split(',').map((host) => serverOf(host, isSecure)),
    user: userName(user) || 'default',
    database: databaseName(database),
    cluster: cluster === undefined ? undefined : clusterName(cluster),
  };
}

/** @throws OperatorError as {@link parseAddress} */
function userName(encoded: string): string {
  let user: string;
  try {
    user = decodeURIComponent(encoded);
  } catch {
    throw new OperatorError(`The user's name has a % that encodes nothing: a % itself is %25.`);
  }
  if (user.includes(':')) throw new OperatorError(PASSWORD_REFUSED);
  return user;
}

function serverOf(host: string, isSecure: boolean): string {
  const match = /^(\[[0-9a-fA-F:.]+\]|[0-9A-Za-z._-]+)(?::(\d{1,5}))?$/.exec(host);
  if (!match || Number(match[2] ?? 1) > 65_535) {
    throw new OperatorError(`${JSON.stringify(host)} is not HOST or HOST:PORT. Expected ${EXAMPLE}.`);
  }
  const port = match[2] ?? (isSecure ? '8443' : '8123');
  return `${isSecure ? 'https' : 'http'}://${match[1]}:${port}`;
}

/** @throws OperatorError if this can't be the name of a database of ours */
export function databaseName(text: string): string {
  if (!/^(system|information_schema)$/i.test(text)) return name('database', text);
  throw new OperatorError(`The database ${text} is ClickHouse's own. Name another one, such as wasp.`);
}

/** @throws OperatorError if this can't be the name of a cluster */
export function clusterName(text: string): string {
  return name('cluster', text);
}

function name(what: string, text: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(text)) return text;
  throw new OperatorError(
    `${JSON.stringify(text)} can't be the name of a ${what}: letters, digits and underscores, no digit first.`,
  );
}
