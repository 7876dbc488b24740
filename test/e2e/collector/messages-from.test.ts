/** Receivers that hand out one signed file, which lies on a server of the web. */

import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { keepMessages } from '../../../src/collector/commands/serve/keep-messages.ts';
import { publishedDocument } from '../../../src/collector/publish/document.ts';
import { messagesSource } from '../../../src/collector/publish/source.ts';
import { cli } from '../../collector/support/cli.ts';
import { startCollector } from '../../collector/support/collector-process.ts';
import { cleanup } from '../../support/cleanup.ts';
import { inDays, Maintainer, makeMessage } from '../../support/maintainer.ts';
import { startReceiver } from '../../support/receiver.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';
import { storeOf } from './support/store-of.ts';

const maintainer = new Maintainer();
const signed = (serial: number, change = {}) =>
  maintainer.answer([makeMessage({ id: `m-${serial}` })], { serial, ...change });

/** Before a command: Jest's environment isn't what processes inherit. */
const WITH_KEY = ['env', `WASP_MESSAGES_PUBLIC_KEY=${maintainer.publicKey}`];

beforeEach(() => {
  process.env.WASP_MESSAGES_PUBLIC_KEY = maintainer.publicKey;
});
afterEach(() => {
  delete process.env.WASP_MESSAGES_PUBLIC_KEY;
});

/** A server whose file can be changed, and a receiver that looks at it often. */
async function looking() {
  const good = signed(5);
  let answer = (response: ServerResponse, _request: IncomingMessage): unknown => response.end(good);
  const server = await startReceiver((request, response) => void answer(response, request));
  const data = storeOf(1);
  const lines: string[] = [];
  const keep = (source: string) => {
    const kept = keepMessages({
      ...{ dataDir: data, source: messagesSource(source), every: 20 },
      log: (line) => lines.push(line),
    });
    cleanup(kept.stop);
    return kept;
  };
  return {
    ...{ server, data, lines, keep },
    serial: () => publishedDocument(data)?.document.serial,
    answerWith: (next: typeof answer) => {
      answer = next;
    },
  };
}

test('three receivers hand out the file of a server, after a restart and while that server is away too', async () => {
  const web = await startReceiver((_, response) => response.end(signed(1)));
  const from = ['--messages-from', `${web.url}/signed.json?token=secret-query`];
  const directories = [0, 1, 2].map(() => storeOf(1));
  const receivers = await Promise.all(directories.map((data) => startCollector(data, from, WITH_KEY)));
  const handedOut = async (url: string) => (await fetch(`${url}/messages.json`)).text();
  for (const { url } of receivers)
    await until('it hands it out', async () => (await handedOut(url)).includes('signature'));
  await Promise.all(receivers.map((one) => one.end('SIGTERM')));
  await web.close();
  const again = await startCollector(directories[0] as string, from, WITH_KEY);
  expect(await handedOut(again.url)).toContain('signature');
  await until('it says that the server is away', () =>
    /can't be reached \(ECONNREFUSED\)/.test(again.output()),
  );
  expect(again.output()).not.toContain('secret-query');
  const metrics = await (await fetch(`${again.url}/metrics`)).text();
  expect(metrics).toMatch(/^wasp_collector_messages_source_failing 1$/m);
  expect(metrics).toMatch(/^wasp_collector_messages_source_read_seconds 0$/m);
  expect(metrics).toMatch(/^wasp_collector_messages_source_last_error\{reason="unreachable"\} 1\d{9}/m);
  expect(await again.end('SIGTERM')).toBe(0);
});

test.each<[string, (response: ServerResponse, request: IncomingMessage) => unknown, RegExp]>([
  [
    'what another key has signed',
    (response) => response.end(new Maintainer().answer([], { serial: 9 })),
    /signature is not that/,
  ],
  [
    'what was changed afterwards',
    (response) => response.end(signed(9).replace(/"signature":"..../, '"signature":"AAAA')),
    /signature is not that/,
  ],
  ['what nobody has signed', (response) => response.end('{"status":1}'), /not a (signed )?file/],
  ['an older document', (response) => response.end(signed(4)), /not newer than document 5/],
  [
    'another document of the same number',
    (response) => response.end(signed(5, { expiresAt: inDays(40) })),
    /not newer than document 5/,
  ],
  ['what has expired', (response) => response.end(signed(9, { expiresAt: inDays(-0.1) })), /has expired/],
  [
    'what was issued in the future',
    (response) => response.end(signed(9, { issuedAt: inDays(2) })),
    /issued in the future/,
  ],
  ['a page of an error', (response) => response.writeHead(503).end(signed(9)), /answered 503/],
  [
    'half a file',
    (response) =>
      response.writeHead(200, { 'content-length': 9999 }).write(signed(9), () => response.destroy()),
    /terminated|reached/,
  ],
  ['what is too long', (response) => response.end(signed(9).padEnd(64 * 1024 + 1)), /longer than 64 KiB/],
  ['nothing', (response) => response.end(), /not a/],
  [
    'a redirect in circles',
    (response) => response.writeHead(302, { location: '/' }).end(),
    /again and again/,
  ],
  [
    'a redirect to another origin',
    (response, { headers }) =>
      response.writeHead(302, { location: `http://localhost:${headers.host?.split(':')[1]}/` }).end(),
    /another origin/,
  ],
])('%s never takes the place of a good file', async (_, answer, why) => {
  const { server, lines, keep, serial, answerWith } = await looking();
  keep(`${server.url}/signed.json`);
  await until('the good one is published', () => serial() === 5);
  answerWith(answer);
  await until('it says why', () => lines.some((line) => why.test(line)));
  expect(serial()).toBe(5);
  answerWith((response) => response.end(signed(6)));
  await until('the next good one is published', () => serial() === 6);
  expect(lines.at(-1)).toMatch(/again$/);
});

test('a redirect within the origin is followed, and a file may be the source', async () => {
  const { server, data, keep, serial, answerWith } = await looking();
  answerWith((response, { url }) =>
    url === '/a' ? response.writeHead(307, { location: '/b' }).end() : response.end(signed(7)),
  );
  const kept = keep(`${server.url}/a`);
  await until('it is published', () => serial() === 7);
  kept.stop();
  const file = join(temporaryDirectory(), 'signed.json');
  writeFileSync(file, signed(8));
  keep(file);
  await until('that of the file is published', () => serial() === 8);
  expect(publishedDocument(data, [maintainer.publicKey])).toBeDefined();
});

test('what is published already is no failure', async () => {
  const { server, lines, keep } = await looking();
  keep(server.url);
  await server.received(5);
  expect(lines).toEqual([]);
});

test.each([
  ['http://192.0.2.1/signed.json', 'https, or http to a loopback'],
  ['ftp://127.0.0.1/signed.json', 'https, or http to a loopback'],
  ['https://', 'not a URL'],
  ['https://user:s3cret@127.0.0.1/signed.json', 'no secret'],
  ['', 'names nothing'],
])('the source %j is refused before anything is received', async (source, why) => {
  const { code, stderr } = await cli(['serve', '--data', storeOf(1), '--messages-from', source]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(why) });
  expect(stderr).not.toContain('s3cret');
});

test('without a public key the server does not start, since anybody could say anything', async () => {
  delete process.env.WASP_MESSAGES_PUBLIC_KEY;
  const { code, stderr } = await cli([
    'serve',
    '--data',
    storeOf(1),
    '--messages-from',
    'https://127.0.0.1/a',
  ]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('WASP_MESSAGES_PUBLIC_KEY') });
});
