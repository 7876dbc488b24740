import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageOptions } from '../../../src/collector/page/listener.ts';
import { shareLinks } from '../../../src/collector/page/share-links.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { demoReports } from '../support/demo-report.ts';
import { closePages, openPage } from '../support/page-client.ts';

let calculate: PageOptions['calculate'];

beforeAll(() => {
  calculate = demoReports(temporaryDirectory());
});
closePages();

/** The path of a new link, made as a reader does it. */
async function share({ post }: Awaited<ReturnType<typeof openPage>>, name = 'the board'): Promise<string> {
  const made = await (await post('/shares', { name })).text();
  return /value="https?:\/\/[^/]+(\/shared\/[\w-]+\/)"/.exec(made)?.[1] as string;
}

test('the data directory holds no secret that opens a link, and only its owner reads it', () => {
  const directory = temporaryDirectory();
  const secret = shareLinks(directory, () => 0).add('the board') as string;
  const file = join(directory, 'page-shares.json');
  expect(readFileSync(file, 'utf8')).not.toContain(secret);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(shareLinks(directory, () => 0).isOpen(secret)).toBe(true);
});

test('a link is read-only: it opens figures and files, and neither the list of links nor any form', async () => {
  const client = await openPage({ calculate });
  const path = await share(client);
  const visitor = (rest: string, init: RequestInit = {}) =>
    fetch(client.url + path + rest, { redirect: 'manual', ...init });
  for (const rest of [
    '',
    '?last=3',
    'csv/projects.csv',
    'json/projects.json',
    'svg/projects.svg',
    'table/projects',
  ]) {
    expect([rest, (await visitor(rest)).status]).toEqual([rest, 200]);
  }
  for (const rest of ['shares', 'logout', 'login', 'nothing']) expect((await visitor(rest)).status).toBe(404);
  for (const rest of ['', 'shares', 'logout'])
    expect((await visitor(rest, { method: 'POST' })).status).toBe(405);
  expect((await visitor('')).headers.get('set-cookie')).toBeNull();
});

test('its addresses all lead through the link, so that its reader is never sent to the login', async () => {
  const client = await openPage({ calculate });
  const path = await share(client);
  const markup = await (await fetch(client.url + path)).text();
  const addresses = [...markup.matchAll(/(?:href|action|data-values)="([^"#]+)/g)].map(
    ([, address]) => address as string,
  );
  const others = addresses.filter((address) => !address.startsWith(path));
  expect(others).toEqual(['/page.css', '/icon.svg']);
});

test('who has logged in and who has a link each get their own page, in whatever order they come', async () => {
  const client = await openPage({ calculate });
  const path = await share(client);
  const own = await (await client.get('/')).text();
  const shared = await (await fetch(client.url + path)).text();
  expect(own).toContain('Log out');
  expect(own).not.toContain('/shared/');
  expect(shared).not.toContain('Log out');
  expect(await (await client.get('/')).text()).toBe(own);
});

test('revoking one link closes it at once, and no other', async () => {
  const client = await openPage({ calculate });
  const [first, second] = [await share(client, 'one'), await share(client, 'two')];
  const list = await (await client.get('/shares')).text();
  const id = /name="id" value="([^"]+)">\s*<button[^>]*aria-label="Revoke the link for one"/.exec(
    list,
  )?.[1] as string;
  expect((await client.post('/shares/revoke', { id })).status).toBe(303);
  expect((await fetch(client.url + first)).status).toBe(404);
  expect((await fetch(client.url + second)).status).toBe(200);
});

test('a name is shown as text, in one line', async () => {
  const client = await openPage({ calculate });
  await share(client, '<b>\nboard</b>');
  expect(await (await client.get('/shares')).text()).toContain('&lt;b&gt; board&lt;/b&gt;, made on');
});

test('only who has logged in makes a link, and no form of another site does', async () => {
  const client = await openPage({ calculate });
  const stranger = await fetch(`${client.url}/shares`, { method: 'POST', redirect: 'manual' });
  expect([stranger.status, stranger.headers.get('location')]).toEqual([303, '/login?next=%2Fshares']);
  const foreign = await client.post('/shares', { name: 'x' }, { 'sec-fetch-site': 'cross-site' });
  expect(foreign.status).toBe(403);
  expect(await (await client.get('/shares')).text()).toContain('There is none yet.');
});

test('a file that can’t be understood opens nothing and breaks nothing', async () => {
  const dataDir = temporaryDirectory();
  const client = await openPage({ calculate, dataDir });
  const path = await share(client);
  for (const content of ['', '{', '{}', '[null, 1, {}]']) {
    writeFileSync(join(dataDir, 'page-shares.json'), content);
    expect((await fetch(client.url + path)).status).toBe(404);
    expect((await client.get('/shares')).status).toBe(200);
  }
});

test.each(['/shared', '/shared/', '/shared//', '/shared/x/../shares'])('%s opens nothing', async (path) => {
  const { url } = await openPage({ calculate });
  expect([303, 404]).toContain((await fetch(url + path, { redirect: 'manual' })).status);
});
