import { parseAddress } from '../../../src/collector/clickhouse/address.ts';
import { clickHouseSchemaCommand } from '../../../src/collector/commands/clickhouse-schema.ts';

test.each([
  ['clickhouse://h/w', { servers: ['http://h:8123'], user: 'default', database: 'w', cluster: undefined }],
  ['clickhouses://h/w', { servers: ['https://h:8443'] }],
  ['CLICKHOUSE://h:1/w', { servers: ['http://h:1'] }],
  [
    'clickhouse://me@a,b:9,[::1],[::1]:7/w?cluster=c_1',
    {
      servers: ['http://a:8123', 'http://b:9', 'http://[::1]:8123', 'http://[::1]:7'],
      ...{ user: 'me', cluster: 'c_1' },
    },
  ],
  ['clickhouse://m%40e%25@h/w', { user: 'm@e%' }],
])('%s is understood', (text, expected) => {
  expect(parseAddress(text)).toMatchObject(expected);
});

test.each([
  'clickhouse://me:s3cret@h/w',
  'clickhouse://me:s3@cret@h/w',
  'clickhouse://me:s3/cret@h/w',
  'clickhouse://me:s3?cret@h/w',
  'clickhouse://me%3As3cret@h/w',
  'clickhouse://:s3cret@h/w',
])('a password in the address is refused and not repeated: %s', (text) => {
  expect(() => parseAddress(text)).toThrow(/WASP_COLLECTOR_CLICKHOUSE_PASSWORD/);
  expect(() => parseAddress(text)).not.toThrow(/s3/);
});

test.each([
  ['clickhouse://h', 'Expected clickhouse://'],
  ['clickhouse:/h/w', 'Expected clickhouse://'],
  ['clickhouse://h/', 'database'],
  ["clickhouse://h/w'x", 'database'],
  ['clickhouse://h/w;DROP', 'database'],
  ['clickhouse://h/wasp%27', 'database'],
  ['clickhouse://h/wäsp', 'database'],
  ['clickhouse://h/system', 'own'],
  ['clickhouse://h/INFORMATION_SCHEMA', 'own'],
  ["clickhouse://h/w?cluster=a'b", 'cluster'],
  ['clickhouse://h/w?cluster=', 'cluster'],
  ['clickhouse://h/w?secure=1', 'parameter secure'],
  ['clickhouse://a,,b/w', 'HOST'],
  ['clickhouse://a b/w', 'HOST'],
  ['clickhouse://h:99999/w', 'HOST'],
  ['clickhouse://m%e@h/w', '%25'],
])('%s is refused with a sentence that says %s', (text, told) => {
  expect(() => parseAddress(text)).toThrow(told);
  expect(() => parseAddress(text)).toThrow(expect.objectContaining({ name: 'OperatorError' }));
});

test.each([
  ['--database', 'a b', "can't be the name of a database"],
  ['--database', 'wasp;DROP', "can't be the name of a database"],
  ['--database', 'system', "ClickHouse's own"],
  ['--cluster', "c'", "can't be the name of a cluster"],
  ['--cluster', '', "can't be the name of a cluster"],
])('no statements are printed with a name that they could not have: %s %j', async (option, name, told) => {
  const command = clickHouseSchemaCommand().parseAsync([option, name], { from: 'user' });
  await expect(command).rejects.toThrow(told);
});
