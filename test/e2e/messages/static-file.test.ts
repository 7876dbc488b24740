/** Messages from a file on the web, with the built executable. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Correspondence, correspond } from '../../support/correspondence.ts';
import { filesBelow } from '../../support/home.ts';
import { Maintainer, makeMessage } from '../../support/maintainer.ts';
import { startReceiver } from '../../support/receiver.ts';
import { runWasp } from '../../support/run-wasp.ts';

let user: Correspondence;

beforeEach(async () => {
  user = await correspond();
});

describe('a static file, for receivers that send nothing back', () => {
  /** A server of one file with an ETag, which remembers what it was asked. */
  async function serveFile(content: () => { text: string; etag?: string; status?: number }) {
    return startReceiver((request, response) => {
      const { text, etag, status = 200 } = content();
      if (etag) response.setHeader('etag', etag);
      if (etag && request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(status).end(text);
    });
  }

  test('is fetched in the same go, and not again while it is the same', async () => {
    let text = user.maintainer.answer([makeMessage()], { serial: 1 });
    let etag = '"one"';
    const file = await serveFile(() => ({ text, etag }));
    const env = { WASP_MESSAGES_URL: file.url };
    expect(await user.report(env)).toEqual({ kind: 'accepted', serial: 1, notes: [], from: file.url });
    expect(await user.report(env)).toEqual({ kind: 'nothing new', serial: 1, from: file.url });
    [text, etag] = [user.maintainer.answer([makeMessage()], { serial: 2 }), '"two"'];
    expect(await user.report(env)).toMatchObject({ kind: 'accepted', serial: 2 });
    expect(await user.log()).toContain(`messages from ${file.url}: nothing newer than document 1`);
    const asked = file.requests.map(({ method, headers }) => [method, headers['if-none-match']]);
    expect(asked).toEqual([
      ['GET', undefined],
      ['GET', '"one"'],
      ['GET', '"one"'],
    ]);
    expect(Object.keys(file.requests[0]?.headers ?? {}).sort()).toEqual(['connection', 'host', 'user-agent']);
  });

  test('is fetched again if what was accepted of it is not there any more', async () => {
    const other = new Maintainer();
    const both = `${user.maintainer.publicKey} ${other.publicKey}`;
    user.willAnswer(other.answer([], { serial: 5 }));
    await user.report({ WASP_MESSAGES_PUBLIC_KEY: both });
    user.willAnswer('{"status":1}');
    const file = await serveFile(() => ({ text: user.maintainer.answer([makeMessage()]), etag: '"one"' }));
    const env = { WASP_MESSAGES_URL: file.url, WASP_MESSAGES_PUBLIC_KEY: both };
    expect(await user.report(env)).toMatchObject({ kind: 'accepted', serial: 1 });
    const documents = join(user.home.telemetry, '../messages/documents');
    for (const name of readdirSync(documents)) if (name.endsWith('-1.json')) rmSync(join(documents, name));
    expect(await user.report(env)).toMatchObject({ kind: 'accepted', serial: 1 });
  });

  test('is fetched again by a release that trusts another key, which may not have accepted it', async () => {
    const other = new Maintainer();
    const onlyOther = { WASP_MESSAGES_PUBLIC_KEY: other.publicKey };
    user.willAnswer(other.answer([], { serial: 1 }));
    // Later, since the second document is issued after the first.
    const text = user.maintainer.answer([makeMessage()], { serial: 2 }, [other]);
    const file = await serveFile(() => ({ text, etag: '"both"' }));
    await user.report(onlyOther);
    user.willAnswer('{"status":1}');
    const env = { WASP_MESSAGES_URL: file.url };
    expect(await user.report(env)).toMatchObject({ kind: 'accepted' });
    expect(await user.report({ ...env, ...onlyOther })).toMatchObject({ kind: 'accepted' });
    expect(await user.report({ ...env, ...onlyOther })).toMatchObject({ kind: 'nothing new' });
  });

  test('is not asked for where the receiver sends messages itself, nor without a key', async () => {
    const file = await serveFile(() => ({ text: user.maintainer.answer([makeMessage()]) }));
    const env = { WASP_MESSAGES_URL: file.url };
    await user.report({ ...env, WASP_MESSAGES_PUBLIC_KEY: undefined });
    user.willAnswer(user.maintainer.answer([makeMessage()]));
    await user.report(env);
    expect(file.connectionCount()).toBe(0);
  });

  test('has its ETag forgotten by `wasp telemetry reset`: it could tell who is asking', async () => {
    const file = await serveFile(() => ({ text: user.maintainer.answer([makeMessage()]), etag: '"you"' }));
    const env = { WASP_MESSAGES_URL: file.url };
    await user.report(env);
    await runWasp(['telemetry', 'reset'], user);
    await user.report(env);
    expect(file.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined]);
  });

  test.each<[string, { text: string; etag?: string; status?: number }, string]>([
    ['is missing', { text: 'Not found', status: 404 }, 'the answer has status 404'],
    ['redirects', { text: '', status: 302 }, 'the answer has status 302'],
    ['is a page', { text: '<html>' }, 'holds no signed messages'],
    [
      'is forged',
      { text: new Maintainer().answer([makeMessage()]), etag: '"x"' },
      'no key that is trusted here',
    ],
    ['is too long', { text: 'x'.repeat(70_000) }, 'longer than 64 KiB'],
  ])('is refused if it %s', async (_, content, why) => {
    const file = await serveFile(() => content);
    const reception = await user.report({ WASP_MESSAGES_URL: file.url });
    expect(reception).toEqual({ kind: 'refused', why: expect.stringContaining(why), from: file.url });
    expect(filesBelow(join(user.home.telemetry, '../messages'))).toEqual([]);
  });

  test('over plain http is for this machine only', async () => {
    const reception = await user.report({ WASP_MESSAGES_URL: 'http://example.com/messages.json' });
    expect(reception).toMatchObject({ kind: 'refused', why: expect.stringContaining('must be https') });
  });

  test('that never comes does not change what became of the report', async () => {
    const silent = await startReceiver(() => {});
    const reception = await user.report({ WASP_MESSAGES_URL: silent.url });
    expect(reception).toMatchObject({ kind: 'refused', from: silent.url });
  });
});
