import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { publishedMessages } from '../../../src/collector/publish/published.ts';
import { publishedPath } from '../../../src/collector/publish/published-path.ts';
import { inDays, Maintainer, makeMessage } from '../../support/maintainer.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';
import { ingestServer } from '../support/ingest.ts';
import { report as reportText } from '../support/reports.ts';

const maintainer = new Maintainer();
const STORED = '{"status":1}';

/** A server over a data directory in which the test publishes. */
async function serving() {
  const data = temporaryDirectory();
  const file = publishedPath(data);
  mkdirSync(dirname(file), { recursive: true });
  const lines: string[] = [];
  const server = await ingestServer({ messages: publishedMessages(data, (line) => lines.push(line)) });
  return {
    server,
    file,
    lines,
    report: async (path = '/capture') => (await server.post(path, reportText())).text(),
  };
}

test('the answer to a report carries what is published, as soon as it is, and no longer than it is', async () => {
  const { file, report, lines } = await serving();
  expect(await report()).toBe(STORED);
  const signed = maintainer.answer([makeMessage()]);
  writeFileSync(file, signed);
  await until('the answer carries the messages', async () => (await report()) === signed);
  rmSync(file);
  await until('the answer is plain again', async () => (await report()) === STORED);
  expect(lines).toEqual([
    expect.stringMatching(/^publishing messages: document 1, 1 of them/),
    'no messages are published any more',
  ]);
});

test('only the path that front ends report to is answered with messages, and only what was stored', async () => {
  const { server, file, report } = await serving();
  writeFileSync(file, maintainer.answer([makeMessage()]));
  expect(await report('/capture/')).toContain('signature');
  expect(await report('/capture?ip=0')).toContain('signature');
  for (const path of ['/e/', '/i/v0/e/', '/batch/']) expect(await report(path)).toBe(STORED);
  expect(await (await server.post('/capture', '{}')).text()).not.toContain('signature');
});

test('what has expired or can’t be understood is not handed out', async () => {
  const { file, report, lines } = await serving();
  writeFileSync(file, maintainer.answer([makeMessage()], { expiresAt: inDays(-1) }));
  expect(await report()).toBe(STORED);
  writeFileSync(file, 'half a fi');
  await until('it was looked at', async () => {
    expect(await report()).toBe(STORED);
    return lines.some((line) => line.startsWith('no messages are published: '));
  });
});

test('a named pipe in its place stops no report', async () => {
  const { file, report, lines } = await serving();
  execFileSync('mkfifo', [file]);
  await until('it is looked at', async () => (await report()) === STORED && lines.length > 0);
  expect(lines[0]).toContain('signed.json: is not a file');
});

test('GET /messages.json is the same file, with an ETag', async () => {
  const { server, file } = await serving();
  const url = `${server.url}/messages.json`;
  expect((await fetch(url)).status).toBe(404);
  const signed = maintainer.answer([makeMessage()]);
  writeFileSync(file, signed);
  const first = await until('it is there', async () => {
    const answer = await fetch(url);
    return answer.status === 200 && answer;
  });
  expect(await first.text()).toBe(signed);
  const etag = first.headers.get('etag') as string;
  const again = await fetch(url, { headers: { 'if-none-match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await fetch(url, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(404);
});
