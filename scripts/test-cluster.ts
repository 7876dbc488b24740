/**
 * `npm run test:cluster`: the collector with ClickHouse. A single server and a cluster of two shards with two replicas
 * run Debian's packages `clickhouse-server` and `zookeeper` (see .ci/run), everything in temporary folders and on loopback;
 * the current version is chDB's, from npm (550 MB in .cache, fetched when it isn't there).
 */
import { existsSync } from 'node:fs';
import { fetchChdb } from './clickhouse/chdb.ts';
import { CLICKHOUSE_SERVER } from './clickhouse/server.ts';
import { runJest } from './jest.ts';
import { path } from './paths.ts';

if (!existsSync(CLICKHOUSE_SERVER)) {
  console.error(
    `${CLICKHOUSE_SERVER} is missing: apt-get install --no-install-recommends clickhouse-server zookeeper`,
  );
  process.exit(1);
}
try {
  fetchChdb();
} catch {
  console.error('NOT TESTED, because npm could not fetch chDB: the current version of ClickHouse');
}
runJest(['--testMatch', path('test/cluster/**/*.cluster.ts'), '--runInBand']);
