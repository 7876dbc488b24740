/**
 * chDB, the current ClickHouse as a library, behind ClickHouse's HTTP interface, so that the same client asks it. Run as
 * `node chdb-server.cjs FOLDER_OF_THE_PACKAGE FOLDER_OF_DATA PORT`; a process of its own, since chDB answers while it holds its thread.
 */
const { createServer } = require('node:http');
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [packageFolder, data, port] = process.argv.slice(2);
const { Session } = createRequire(join(packageFolder, 'package.json'))('chdb');
const session = new Session(data);
/** Parameters of the address that are not settings. */
const OTHERS = new Set([
  'query',
  'database',
  'query_id',
  'session_id',
  'role',
  'default_format',
  'enable_http_compression',
]);

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1');
  if (url.pathname === '/ping') return void response.end('Ok.\n');
  const body = Buffer.concat(await Array.fromAsync(request)).toString();
  const query = [url.searchParams.get('query'), body].filter(Boolean).join('\n');
  try {
    for (const [name, value] of url.searchParams) {
      if (!OTHERS.has(name)) session.query(`SET ${name} = ${/^\d+$/.test(value) ? value : `'${value}'`}`);
    }
    session.query(`USE ${url.searchParams.get('database') ?? 'default'}`);
    response.end(session.query(query, 'TabSeparated'));
  } catch (error) {
    response.writeHead(500, { 'x-clickhouse-exception-code': '1' }).end(error.message);
  }
}).listen(Number(port), '127.0.0.1');
