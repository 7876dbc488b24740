import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deliver } from '../../../src/collector/digest/deliver.ts';
import { post } from '../../../src/collector/digest/post.ts';
import { cleanup } from '../../support/cleanup.ts';

/** A server that answers so; the requests that came. */
async function server(answer: RequestListener) {
  const came: { url: string; authorization: string | undefined }[] = [];
  const http = createServer((request, response) => {
    came.push({ url: request.url ?? '', authorization: request.headers.authorization });
    request.resume().on('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  cleanup(() => {
    http.closeAllConnections();
    http.close();
  });
  return { came, origin: `127.0.0.1:${(http.address() as AddressInfo).port}` };
}

const PATH = '/services/T0SECRET/s3cret%20part?key=s3cret-too';

async function failure(answer: RequestListener): Promise<{ message: string; mayPass: boolean }> {
  const { origin } = await server(answer);
  return post(new URL(`http://user:s3cret-word@${origin}${PATH}`), { body: '{}' }).then(
    () => ({ message: '', mayPass: false }),
    (error) => error,
  );
}

test.each([
  ['repeats the path', 404, 'Cannot POST /services/T0SECRET/'],
  ['repeats a part, decoded', 400, JSON.stringify({ message: 'no hook s3cret part' })],
  ['repeats a part, encoded', 400, 'no hook s3cret%20part'],
  ['repeats the query', 400, 'wrong key: s3cret-too'],
  ['repeats the password', 401, 'not s3cret-word'],
  ['is a document', 404, '<!doctype html><title>T0SECRET</title>'],
  ['is endless', 400, 'x'.repeat(100_000)],
])('an answer that %s is not told', async (_, status, body) => {
  const { message } = await failure((__, response) => response.writeHead(status).end(body));
  expect(message).toBe(`answered ${status}`);
});

test.each([
  ['Slack’s', 'invalid_blocks', 'answered 400: invalid_blocks'],
  ['Discord’s', '{"message": "Unknown Webhook", "code": 10015}', 'answered 400: Unknown Webhook'],
  ['an escape sequence', 'red \u001b[31m\n text', 'answered 400: red [31m text'],
])('%s reason is told', async (_, body, expected) => {
  const { message } = await failure((__, response) => response.writeHead(400).end(body));
  expect(message).toBe(expected);
});

test('nobody is redirected, and it is not tried again', async () => {
  const elsewhere = await server((_, response) => response.end());
  const error = await failure((_, response) =>
    response.writeHead(307, { location: `http://${elsewhere.origin}/` }).end(),
  );
  expect(error).toMatchObject({
    message: 'answered 307, a redirect, which is not followed',
    mayPass: false,
  });
  expect(elsewhere.came).toEqual([]);
});

test('user and password of an address are sent as basic authentication', async () => {
  const { came, origin } = await server((_, response) => response.end());
  await post(new URL(`http://me:p%40ss@${origin}/hook`), { body: '{}' });
  const authorization = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
  expect(came).toEqual([{ url: '/hook', authorization }]);
});

test('an answer whose end never comes has arrived all the same', async () => {
  const { origin } = await server((_, response) => {
    response.writeHead(200);
    response.write('o');
  });
  await post(new URL(`http://${origin}/`), { body: '{}' });
});

test('what may pass is tried again, after as long as the server says', async () => {
  const { came, origin } = await server((_, response) =>
    came.length < 2 ? response.writeHead(429, { 'retry-after': '0.1' }).end() : response.end(),
  );
  await deliver(() => post(new URL(`http://${origin}/`), { body: '{}' }), 10_000);
  expect(came).toHaveLength(2);
});

test('after too many requests the pause is the one that Discord’s answer names', async () => {
  const body = JSON.stringify({ message: 'You are being rate limited.', retry_after: 3600.5, global: false });
  const { came, origin } = await server((_, response) =>
    response.writeHead(429, { 'retry-after': '1' }).end(body),
  );
  const delivery = deliver(() => post(new URL(`http://${origin}/`), { body: '{}' }), 10_000);
  await expect(delivery).rejects.toThrow('answered 429: You are being rate limited.');
  expect(came).toHaveLength(1);
});

test('a server that wants a longer pause than there is patience is given up at once', async () => {
  const { came, origin } = await server((_, response) =>
    response.writeHead(503, { 'retry-after': '3600' }).end(),
  );
  const delivery = deliver(() => post(new URL(`http://${origin}/`), { body: '{}' }), 10_000);
  await expect(delivery).rejects.toThrow('answered 503');
  expect(came).toHaveLength(1);
});
