/** What front ends will refuse is refused when it is to be published, with the built executable. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cli } from '../../collector/support/cli.ts';
import { startCollector } from '../../collector/support/collector-process.ts';
import { Desk, documentIn } from '../../collector/support/desk.ts';
import { inDays, Maintainer, makeMessage } from '../../support/maintainer.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { describeWithUsers } from '../../support/users.ts';

let desk: Desk;
/** Signs by hand, so that anything can be signed. */
const maintainer = new Maintainer();
const byHand = ['--public-key', maintainer.publicKey];

beforeEach(() => {
  desk = new Desk();
});

const signedByHand = (change: object) => desk.write(maintainer.answer([makeMessage()], { ...change }));

test.each<[string, object, string]>([
  ['issued ahead of the clock', { issuedAt: inDays(0.1) }, 'was issued in the future'],
  [
    'issued far ahead of the clock',
    { issuedAt: inDays(30), expiresAt: inDays(90) },
    'was issued in the future',
  ],
  ['expired', { expiresAt: inDays(-1) }, 'has expired'],
  ['of an older number', { serial: 1 }, 'is not newer than document 5'],
  ['of the same number', { serial: 5 }, 'is not newer than document 5'],
  ['issued before the published one', { issuedAt: inDays(-3) }, 'before document 5, which is published'],
  [
    'with a message that front ends drop',
    { messages: [makeMessage({ level: 'urgent' })] },
    'Front ends would not',
  ],
  [
    'with a message that front ends clean',
    { messages: [makeMessage({ title: '\u202eA' })] },
    'Front ends would not',
  ],
])('a document %s is refused, and what is published stays', async (_, change, why) => {
  expect(await desk.publish(signedByHand({ serial: 5, issuedAt: inDays(-2) }), ...byHand)).toMatchObject({
    code: 0,
  });
  const before = desk.published();
  const refused = await desk.publish(signedByHand({ serial: 6, ...change }));
  expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(why) });
  expect(desk.published()).toEqual(before);
});

describe('the key', () => {
  test('that was named once is asked for ever after; what another has signed is refused', async () => {
    await desk.add('a');
    const publicKey = await desk.keygen('key');
    await desk.keygen('other');
    const unnamed = await desk.publish(await desk.signed('other'));
    expect(unnamed.stderr).toContain('its signature was not looked at');
    expect(await desk.publish(await desk.signed('key'), '--public-key', publicKey)).toMatchObject({
      code: 0,
      stderr: '',
    });
    const refused = await desk.publish(await desk.signed('other'));
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not that of this public key'),
    });
    expect(await desk.publish(await desk.signed('key'))).toMatchObject({ code: 0, stderr: '' });
  });

  test('may be one of several, in the variable that front ends have too', async () => {
    await desk.add('a');
    const [one, other] = [await desk.keygen('one'), await desk.keygen('other')];
    desk.env.WASP_MESSAGES_PUBLIC_KEY = `${one}  ${other}`;
    expect((await desk.publish(await desk.signed('other'))).stderr).toContain(
      `trust none but ${one} will not take it`,
    );
    const both = await desk.sign(await desk.signed('one'), 'other');
    expect(await desk.publish(both)).toMatchObject({ code: 0, stderr: '' });
    await desk.keygen('third');
    expect(await desk.publish(await desk.signed('third'))).toMatchObject({ code: 1 });
    desk.env.WASP_MESSAGES_PUBLIC_KEY = 'nonsense';
    expect((await desk.publish(both)).stderr).toContain('nonsense is no public key');
  });

  test('that is trusted no longer leaves no number behind that others could not pass', async () => {
    await desk.publish(signedByHand({ serial: Number.MAX_SAFE_INTEGER }), ...byHand);
    await desk.add('a');
    await desk.export('--public-key', await desk.keygen('wrong'), '--serial', `${Number.MAX_SAFE_INTEGER}`);
    expect(await desk.refusal(['message', 'export', '--data', desk.data])).toContain(
      'No serial number is left',
    );
    const after = await desk.keygen('after');
    const signed = await desk.sign(await desk.export('--public-key', after), 'after');
    expect(await desk.publish(signed, '--public-key', after)).toMatchObject({ code: 0, stderr: '' });
    expect(desk.published()?.messages).toMatchObject([{ id: 'a' }]);
  });
});

test('an export from before a withdrawal is refused, and one after it tells what was withdrawn', async () => {
  await desk.add('a');
  await desk.add('b');
  await desk.keygen('key');
  const before = await desk.signed('key');
  await desk.message('withdraw', 'a');
  expect((await desk.publish(before)).stderr).toContain('was exported before a was withdrawn');
  const after = await desk.signed('key');
  expect(documentIn(after)).toMatchObject({ messages: [{ id: 'b' }], withdrawn: ['a'] });
  expect(await desk.publish(after)).toMatchObject({ code: 0 });
  await desk.add('a');
  const again = await desk.signed('key');
  expect(documentIn(again).withdrawn).toBeUndefined();
  expect(await desk.publish(again)).toMatchObject({ code: 0 });
});

test('an export says if the clock is behind the last number: a restored directory may have forgotten later ones', async () => {
  await desk.add('a');
  const args = ['message', 'export', '--data', desk.data];
  expect((await cli(args)).stderr).toBe('');
  await cli([...args, '--serial', String(Date.now() + 7_200_000)]);
  expect((await cli(args)).stderr).toContain('the clock is behind the last serial number');
  const highest = await cli([...args, '--serial', String(Number.MAX_SAFE_INTEGER)]);
  expect(highest.stderr).toContain(`${Number.MAX_SAFE_INTEGER} is ahead of the clock`);
});

test('a published file that can’t be understood keeps nothing away', async () => {
  await desk.add('a');
  await desk.keygen('key');
  writeFileSync(join(desk.data, 'messages/signed.json'), 'half a fi');
  expect(await desk.publish(await desk.signed('key'))).toMatchObject({ code: 0 });
});

describeWithUsers('where the data belong to another user than the one who publishes', () => {
  const SERVER = 65_534;
  const asServer = ['setpriv', `--reuid=${SERVER}`, `--regid=${SERVER}`, '--clear-groups'];

  beforeEach(() => {
    chmodSync(desk.data, 0o700);
    chownSync(desk.data, SERVER, SERVER);
  });

  test('root publishes what the server can read, also where root has made the folder', async () => {
    await desk.add('a');
    await desk.keygen('key');
    const signed = await desk.signed('key');
    chownSync(join(desk.data, 'messages'), 0, 0);
    expect(await desk.publish(signed)).toMatchObject({ code: 0 });
    const file = join(desk.data, 'messages/signed.json');
    expect(statSync(file)).toMatchObject({ uid: SERVER, gid: SERVER });
    const [command = '', ...args] = [...asServer, 'cat', file];
    expect(execFileSync(command, args, { encoding: 'utf8' })).toContain('signature');
    chownSync(join(desk.data, 'messages'), 0, 0);
    const add = ['message', 'add', '--id', 'b', '--title', 'B', '--data', desk.data];
    expect((await cli(add, '', {}, asServer)).stderr).toContain('Give it back, as root: chown -R 65534');
  });

  test('a user who can’t give files away is refused, and nothing is replaced', async () => {
    await desk.add('a');
    await desk.keygen('key');
    const signed = readFileSync(await desk.signed('key'));
    for (const place of [desk.data, join(desk.data, 'messages')]) chmodSync(place, 0o777);
    const asOther = ['setpriv', '--reuid=12345', '--regid=12345', '--clear-groups'];
    chmodSync(join(desk.data, 'messages/drafts.json'), 0o644);
    const ended = await cli(['message', 'publish', '-', '--data', desk.data], signed, {}, asOther);
    expect(ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('belongs to another user'),
    });
    expect(desk.published()).toBeUndefined();
  });
});

describe('14 days before messages fall silent', () => {
  test.each([
    [
      13,
      /warning: the messages of document 1 fall silent in 13 days, at .*; export, sign and publish before/,
      1,
    ],
    [20, undefined, 0],
  ])(
    '%d days before, list, the metrics and a line at start say so or nothing',
    async (days, warning, expiring) => {
      await desk.publish(signedByHand({ expiresAt: inDays(days) }), ...byHand);
      const collector = await startCollector(desk.data);
      const metrics = await (await fetch(`${collector.url}/metrics`)).text();
      expect(metrics).toContain(`wasp_collector_messages_expiring ${expiring}\n`);
      expect(metrics).toMatch(/wasp_collector_messages_valid_until_seconds 1\.?\d+/);
      for (const text of [await desk.message('list'), collector.output()]) {
        if (warning) expect(text).toMatch(warning);
        else expect(text).not.toContain('warning');
      }
    },
  );

  test('and after it', async () => {
    await desk.publish(signedByHand({}), ...byHand);
    writeFileSync(
      join(desk.data, 'messages/signed.json'),
      maintainer.answer([makeMessage()], { expiresAt: inDays(-1) }),
    );
    const collector = await startCollector(desk.data);
    expect(collector.output()).toContain('warning: document 1 has expired');
    expect(await desk.message('list')).toContain('warning: document 1 has expired');
    const metrics = await (await fetch(`${collector.url}/metrics`)).text();
    expect(metrics).toContain('wasp_collector_messages_expiring 1\n');
  });

  test('without messages there is nothing to warn of', async () => {
    const { url } = await startCollector(desk.data);
    expect(await (await fetch(`${url}/metrics`)).text()).not.toMatch(/^wasp_collector_messages_/m);
  });
});

test('a backup holds what was published and prepared, and a restored one serves it and never gives a number twice', async () => {
  openStore(desk.data).close();
  await desk.add('a');
  const publicKey = await desk.keygen('key');
  await desk.publish(await desk.signed('key'), '--public-key', publicKey);
  await desk.add('b');
  writeFileSync(join(desk.data, 'page-token'), 'the token of the page', { mode: 0o600 });
  writeFileSync(join(desk.data, 'digests.json'), '{"posted":{}}');
  const backup = join(temporaryDirectory(), 'backup.db');
  await desk.run(['backup', backup, '--data', desk.data]);
  expect(statSync(backup).mode & 0o077).toBe(0);
  const later = documentIn(await desk.signed('key')).serial;

  rmSync(desk.data, { recursive: true });
  desk.data = temporaryDirectory();
  writeFileSync(join(desk.data, 'collector.db'), readFileSync(backup));
  // Something that came before the backup did.
  mkdirSync(join(desk.data, 'messages'));
  writeFileSync(join(desk.data, 'messages/lock'), '');
  expect(await desk.message('list')).toMatch(/^published .*a: [\s\S]*\ndraft .*b: /);
  expect(readFileSync(join(desk.data, 'page-token'), 'utf8')).toBe('the token of the page');
  expect(readFileSync(join(desk.data, 'digests.json'), 'utf8')).toBe('{"posted":{}}');
  const collector = await startCollector(desk.data);
  expect((await fetch(`${collector.url}/messages.json`)).status).toBe(200);
  const signed = await desk.signed('key');
  expect(documentIn(signed).serial).toBeGreaterThan(later);
  await desk.keygen('other');
  expect(await desk.publish(await desk.signed('other'))).toMatchObject({ code: 1 });
  expect(await desk.publish(signed)).toMatchObject({ code: 0 });
});
