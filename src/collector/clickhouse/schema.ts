/**
 * The tables in ClickHouse. All events of a user lie on one shard and in the order of users, so that questions about
 * users are answered shard by shard and part by part, in bounded memory.
 *
 * An event is known by its uuid; where the client sent none, by the one that an export gives it, which holds receiver
 * and number, together with its time. What was sent twice is one row after ClickHouse has merged, and before that for a
 * query with FINAL, which all of ours have. Of two that differ, the earlier counts.
 */
import { ENVIRONMENTS, PRECEDENCE } from '../environment.ts';
import { QUARTER_HOUR_MS } from '../quarter-hours.ts';
import { STEPS_THAT_PREPARE, STEPS_THAT_PUT, TARGETS } from '../report/deploy.ts';
import { DEPLOY_TARGETS } from '../report/figures/deploys.ts';
import { OS_NAMES, SYSTEMS } from '../report/operating-system.ts';
import type { ClickHouseAddress } from './address.ts';

/** Counts up with each change; an older program refuses a newer schema. */
export const SCHEMA_VERSION = 1;

/** On each server: the events of its shard. */
export const EVENTS = 'events';

/** What a receiver sends of an event, in this order. Everything else is calculated by ClickHouse when it is stored. */
export const SENT_COLUMNS = [
  ...['distinct_id', 'uuid', 'receiver', 'number', 'received_at', 'client_time', 'kind', 'project_hash'],
  ...['is_build', 'deploy', 'version', 'os', 'context'],
] as const;

const COLUMNS = [
  'distinct_id String',
  // Decides the order; a well-mixed number, so that parts of equal size are ranges of it.
  'user_key UInt64 DEFAULT sipHash64(distinct_id)',
  // 32 hex digits.
  'uuid String',
  // Version 8: made of receiver and number (store/exported-uuid.ts); a restored backup may give a number again.
  "event UInt64 DEFAULT sipHash64(if(substring(uuid, 13, 1) = '8', concat(uuid, toString(received_at)), uuid))",
  'receiver String',
  'number UInt64',
  // Milliseconds UTC.
  'received_at Int64',
  'rank UInt64 DEFAULT toUInt64(9223372036854775807 - received_at)',
  `quarter Int32 DEFAULT toInt32(intDiv(received_at, ${QUARTER_HOUR_MS}))`,
  'client_time Nullable(Int64)',
  'kind UInt8',
  'project_hash String',
  "project UInt64 DEFAULT if(project_hash = '', 0, sipHash64(project_hash))",
  'is_build UInt8',
  'deploy String',
  `deploys UInt8 DEFAULT ${putsSql()}`,
  `target UInt8 DEFAULT ${targetSql()}`,
  'version String',
  'os String',
  `system UInt8 DEFAULT ${systemSql()}`,
  'context String',
  `environment UInt8 DEFAULT ${environmentSql()}`,
];

/** Does `deploy_cmd_args` put an app somewhere (`report/deploy.ts`)? */
function putsSql(): string {
  const has = (word: string) => `has(splitByChar(';', deploy), '${word}')`;
  return `deploy != '' AND (${STEPS_THAT_PUT.map(has).join(' OR ')} OR NOT (${STEPS_THAT_PREPARE.map(has).join(' OR ')}))`;
}

/** The index into `DEPLOY_TARGETS`. */
function targetSql(): string {
  const known = TARGETS.map(
    (target) => `has(splitByChar(';', deploy), '${target}'), ${indexOf(DEPLOY_TARGETS, target)}`,
  );
  return `multiIf(${known.join(', ')}, ${indexOf(DEPLOY_TARGETS, 'other')})`;
}

/** The index into `SYSTEMS`. */
function systemSql(): string {
  const known = Object.entries(OS_NAMES).map(([os, name]) => `os = '${os}', ${indexOf(SYSTEMS, name)}`);
  return `multiIf(${known.join(', ')}, ${indexOf(SYSTEMS, 'other')})`;
}

/** The index into `ENVIRONMENTS`. */
function environmentSql(): string {
  const known = PRECEDENCE.map(
    (word) => `has(splitByChar(' ', lower(context)), '${word}'), ${indexOf(ENVIRONMENTS, word)}`,
  );
  return `multiIf(${known.join(', ')}, ${indexOf(ENVIRONMENTS, 'local')})`;
}

function indexOf(list: readonly string[], item: string): number {
  return list.indexOf(item);
}

/** Statements that make the tables where there are none, to be run in this order on any one server. */
export function schema({ database, cluster }: Pick<ClickHouseAddress, 'database' | 'cluster'>): string[] {
  const everywhere = cluster === undefined ? '' : ` ON CLUSTER ${cluster}`;
  const table = (name: string, columns: readonly string[], engine: string, order: string) =>
    `CREATE TABLE IF NOT EXISTS ${database}.${name}${everywhere} (\n  ${columns.join(',\n  ')}\n) ENGINE = ${engine} ORDER BY ${order}`;
  const replacing = (name: string, version: string, scope = '{shard}') =>
    cluster === undefined
      ? `ReplacingMergeTree(${version})`
      : `ReplicatedReplacingMergeTree('/clickhouse/tables/${database}/${scope}/${name}', '${scope === '{shard}' ? '{replica}' : '{shard}-{replica}'}', ${version})`;
  // What is known to every server: replicated over all shards.
  const shared = (name: string, version: string) => replacing(name, version, 'all');
  return [
    `CREATE DATABASE IF NOT EXISTS ${database}${everywhere}`,
    table(EVENTS, COLUMNS, replacing(EVENTS, 'rank'), '(user_key, event)'),
    table('receivers', RECEIVERS, shared('receivers', 'at'), 'receiver'),
    table('forgotten', ['id_hash String', 'at UInt64'], shared('forgotten', 'at'), 'id_hash'),
    table('schema_version', ['version UInt16', 'at UInt64'], shared('schema_version', 'at'), 'version'),
    ...(cluster === undefined
      ? []
      : [
          `CREATE TABLE IF NOT EXISTS ${database}.all_events${everywhere} AS ${database}.${EVENTS} ENGINE = Distributed(${cluster}, ${database}, ${EVENTS})`,
        ]),
  ];
}

/** Who ships: the receiver, the run that does it at the moment, and how far it has come. */
const RECEIVERS = ['receiver String', 'run String', 'number UInt64', 'at UInt64'];
