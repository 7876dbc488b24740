/** Clients that people have at hand: curl, and Python with its own library's form. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ingestServer, type TestIngest } from '../../collector/support/ingest.ts';
import { REAL_WASP_REPORT, report } from '../../collector/support/reports.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

async function run(command: string, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stdin.end(input);
  expect(await once(child, 'close')).toEqual([0, null]);
  return output;
}

function file(content: string | Buffer): string {
  const path = join(temporaryDirectory(), 'body');
  writeFileSync(path, content);
  return path;
}

const ways: [string, (url: string) => string[]][] = [
  ['--data, as a form', (url) => [`${url}/capture`, '--data', report()]],
  ['--json', (url) => [`${url}/capture/`, '--json', report()]],
  [
    'from a file, after asking whether to go on',
    (url) => [`${url}/e/`, '--header', 'Expect: 100-continue', '--data-binary', `@${file(report())}`],
  ],
  ['in chunks', (url) => [`${url}/capture`, '--header', 'Transfer-Encoding: chunked', '--data', report()]],
  [
    'packed',
    (url) => [
      `${url}/batch/`,
      '--header',
      'Content-Encoding: gzip',
      '--data-binary',
      `@${file(gzipSync(report()))}`,
    ],
  ],
  ['--http1.0', (url) => [`${url}/capture`, '--http1.0', '--data', report()]],
  [
    'data=, as PostHog’s documentation once had it',
    (url) => [`${url}/e/`, '--data-urlencode', `data=${Buffer.from(report()).toString('base64')}`],
  ],
];

/** `test`, or what skips a test where the machine has no such program; .ci/run has both. */
function testWith(program: 'curl' | 'python3'): typeof test | typeof test.skip {
  return spawnSync(program, ['--version']).error ? test.skip : test;
}

testWith('curl').each(ways)('curl %s', async (_way, args) => {
  const collector = await ingestServer();
  expect(await run('curl', ['--silent', '--show-error', ...args(collector.url)])).toBe('{"status":1}');
  expect(collector.stored()).toHaveLength(1);
});

testWith('curl')('the commands of docs/collector.md do what it says', async () => {
  const docs = readFileSync(join(import.meta.dirname, '../../../docs/collector.md'), 'utf8');
  const commands = [...docs.matchAll(/^curl .*8620.*$/gm)].map(([line]) => line);
  expect(commands).toHaveLength(2);
  const collector = await ingestServer();
  const [send = '', look = ''] = commands.map((line) =>
    line.replaceAll('http://127.0.0.1:8620', collector.url),
  );
  expect(await run('sh', ['-c', send])).toBe('{"status":1}');
  expect(await run('sh', ['-c', look])).toContain('wasp_collector_events_stored_total 1\n');
});

/**
 * What posthog-python puts on the wire: its `post()` adds `sentAt` and `api_key` to `{"batch": […]}`, and packs it if told
 * to; timestamps are Python's `isoformat()`.
 */
const PYTHON = `
import datetime, gzip, io, json, sys, urllib.request, uuid
host, packed, properties = sys.argv[1], sys.argv[2] == 'gzip', json.load(sys.stdin)
now = lambda: datetime.datetime.now(datetime.timezone.utc).isoformat()
distinct_id = properties.pop('distinct_id')
event = {
    'properties': {**properties, '$python_runtime': 'CPython', '$lib': 'posthog-python', '$lib_version': '6.7.0',
                   '$geoip_disable': True, '$is_server': True},
    'timestamp': now(), 'distinct_id': distinct_id, 'event': 'cli', 'uuid': str(uuid.uuid4()),
}
body = {'batch': [event], 'historical_migration': False, 'sentAt': now(), 'api_key': 'key'}
data = json.dumps(body).encode('utf-8')
headers = {'Content-Type': 'application/json', 'User-Agent': 'posthog-python/6.7.0'}
if packed:
    headers['Content-Encoding'] = 'gzip'
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode='w') as stream:
        stream.write(data)
    data = buffer.getvalue()
answer = urllib.request.urlopen(urllib.request.Request(host + '/batch/', data=data, headers=headers), timeout=15)
print(answer.status)
`;

testWith('python3').each(['plain', 'gzip'])(
  'Python sends a batch in its library’s form, %s',
  async (packing) => {
    const collector: TestIngest = await ingestServer({ apiKeys: ['key'] });
    const sent = JSON.stringify(REAL_WASP_REPORT.properties);
    expect(await run('python3', ['-c', PYTHON, collector.url, packing], sent)).toBe('200\n');
    expect(collector.stored()).toMatchObject([{ ...REAL_WASP_REPORT.properties, is_build: 0 }]);
    const [stored] = collector.stored();
    expect(stored?.client_time).toBeGreaterThan(Date.now() - 60_000);
    expect(stored?.uuid).not.toBeNull();
  },
);
