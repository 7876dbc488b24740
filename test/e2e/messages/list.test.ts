/** `message list`: how far each message has come, and how many users it concerns. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { Desk } from '../../collector/support/desk.ts';
import { event } from '../../collector/support/events.ts';
import { inDays, Maintainer, makeMessage } from '../../support/maintainer.ts';

const DAY = 86_400_000;
let desk: Desk;

beforeEach(() => {
  desk = new Desk();
});

interface Listed {
  messages: { id: string; state: string; users: number | null; endsAt?: string }[];
  activeUsers: number | null;
  activeUsersByVersion: { version: string; users: number }[] | null;
  warning: string | null;
}

const listed = async (...args: string[]): Promise<Listed> =>
  JSON.parse(await desk.message('list', '--json', ...args));
const states = async (...args: string[]) =>
  Object.fromEntries((await listed(...args)).messages.map(({ id, state }) => [id, state]));

test('each message is a draft, signed, published, changed, withdrawn', async () => {
  await desk.add('a');
  expect(await states()).toEqual({ a: 'draft' });
  await desk.keygen('key');
  const signed = await desk.signed('key');
  expect(await states()).toEqual({ a: 'draft' });
  expect(await states('--signed', signed)).toEqual({ a: 'signed' });
  await desk.publish(signed);
  await desk.add('b');
  expect(await states()).toEqual({ a: 'published', b: 'draft' });
  await desk.add('a', '--body', 'More.');
  expect(await states()).toEqual({ b: 'draft', a: 'changed' });
  expect(await desk.message('list')).toMatch(/^changed since it was published {2}info {2}a: /m);
  await desk.message('withdraw', 'a');
  await desk.message('withdraw', 'b');
  expect(await states()).toEqual({ a: 'withdrawn', b: 'withdrawn' });
  expect(await desk.message('list')).toMatch(
    /^withdrawn, but published until the next document {2}a\nwithdrawn {2}b\npublished: document /,
  );
  await desk.publish(await desk.signed('key'));
  expect(await desk.message('list')).toMatch(/^withdrawn {2}a\nwithdrawn {2}b\n/);
});

test('users see a message until it expires, or the document does', async () => {
  const [soon, later] = [inDays(3), inDays(30)];
  await desk.add('soon', '--expires', soon);
  await desk.add('never');
  await desk.keygen('key');
  await desk.publish(await desk.signed('key', '--valid', '20d'));
  const ends = Object.fromEntries((await listed()).messages.map(({ id, endsAt }) => [id, endsAt]));
  expect(ends.soon).toBe(soon);
  expect(Date.parse(ends.never as string)).toBeLessThan(Date.parse(later));

  const maintainer = new Maintainer();
  const gone = makeMessage({ id: 'gone', expiresAt: inDays(-1) });
  writeFileSync(join(desk.data, 'messages/drafts.json'), JSON.stringify({ serial: 1, messages: [gone] }));
  writeFileSync(join(desk.data, 'messages/signed.json'), maintainer.answer([gone]));
  expect(await states()).toEqual({ gone: 'expired' });
});

test('it tells how many active users a message concerns, by the version that each reported last', async () => {
  const store = openStore(desk.data);
  const now = Date.now();
  const report = (distinctId: string, daysAgo: number, version: string, context = '') =>
    event({ distinctId, receivedAt: now - daysAgo * DAY, version, context });
  const [upgraded, old, gone, unknown, onCI] = Array.from({ length: 5 }, () => randomUUID());
  store.insert([
    report(upgraded as string, 9, '0.24.0'),
    report(upgraded as string, 1, '0.26.0'),
    report(old as string, 2, '0.25.0'),
    report(gone as string, 40, '0.24.0'),
    report(unknown as string, 3, ''),
    report(onCI as string, 1, '0.24.0', 'CI'),
  ]);
  store.close();
  await desk.add('hole', '--affects', '<0.25.1');
  await desk.add('all');
  await desk.add('candidates', '--affects', '>=0.27.0-0 <0.27.0');
  const { messages, activeUsers, activeUsersByVersion } = await listed();
  expect(activeUsers).toBe(3);
  expect(messages.map(({ id, users }) => [id, users])).toEqual([
    ['hole', 1],
    ['all', 3],
    ['candidates', 0],
  ]);
  expect(activeUsersByVersion).toEqual([
    { version: '', users: 1 },
    { version: '0.25.0', users: 1 },
    { version: '0.26.0', users: 1 },
  ]);
  expect(await desk.message('list')).toContain('(for Wasp <0.25.1, concerns 1 of 3 active users)');
});

test('where nothing was reported there are no numbers', async () => {
  await desk.add('a');
  expect((await listed()).messages).toMatchObject([{ id: 'a', users: null }]);
  expect(await desk.message('list')).toBe(
    'draft  info  a: About a\nnothing is published\nnobody has reported here: how many users they concern is not known\n',
  );
});
