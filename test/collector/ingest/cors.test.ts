import { ingestServer } from '../support/ingest.ts';
import { report } from '../support/reports.ts';

const origin = 'https://docs.example';

test('a browser that asks first may send its headers, on every capture path', async () => {
  const server = await ingestServer();
  for (const path of ['/capture', '/batch/', '/e/?ip=0', '/i/v0/e/']) {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,content-encoding',
    };
    const answer = await fetch(server.url + path, { method: 'OPTIONS', headers });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type,content-encoding',
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    });
  }
  expect(server.stored()).toEqual([]);
});

test('a browser can read the answer, also a refusal; other clients get no such header', async () => {
  const server = await ingestServer();
  for (const body of [report(), '{']) {
    const answer = await server.post('/capture', body, { origin });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  }
  expect((await server.post('/capture', report())).headers.get('access-control-allow-origin')).toBeNull();
});

test('the metrics and the health can’t be read by a page of another origin', async () => {
  const server = await ingestServer();
  for (const path of ['/metrics', '/health']) {
    const answer = await fetch(server.url + path, { headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  }
});
