/** Where a private key may not lie, who else may not reach it, and how keys are named, with the built executable. */
import { chownSync, linkSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../../collector/support/cli.ts';
import { executable } from '../../collector/support/collector-process.ts';
import { Desk } from '../../collector/support/desk.ts';
import { Home } from '../../support/home.ts';
import { mounted, testWithMount } from '../../support/namespace.ts';
import { runInTerminal } from '../../support/terminal.ts';
import { ALICE, describeWithUsers } from '../../support/users.ts';

let desk: Desk;

beforeEach(() => {
  desk = new Desk();
});

test.each(['collector.db', 'page-token', 'messages/lock', 'messages/public-keys'])(
  'a directory in which a collector has only %s is its data directory',
  async (name) => {
    mkdirSync(join(desk.data, 'messages'));
    writeFileSync(join(desk.data, name), '');
    const refusal = await desk.refusal(['keygen', join(desk.data, 'key.pem')]);
    expect(refusal).toContain('inside the data directory');
  },
);

testWithMount('a folder of the data directory is one wherever it is mounted', async () => {
  await desk.add('a');
  const deep = join(desk.data, 'a folder');
  mkdirSync(deep);
  const bound = mounted(`mount --bind '${deep}' /mnt`);
  const refused = {
    code: 1,
    stdout: '',
    stderr: expect.stringContaining(`inside the data directory ${desk.data}`),
  };
  expect(await cli(['keygen', '/mnt/key.pem'], '', {}, bound)).toMatchObject(refused);
  expect(readdirSync(deep)).toEqual([]);
  const elsewhere = mounted(`mount --bind '${desk.offline}' /mnt`);
  expect(await cli(['keygen', '/mnt/key.pem'], '', {}, elsewhere)).toMatchObject({ code: 0 });
});

test('a device without end is no key, no document and no signature', async () => {
  await desk.add('a');
  await desk.keygen('key');
  const unsigned = await desk.export();
  const commands = [
    ['message', 'sign', unsigned, '--key', '/dev/zero'],
    ['message', 'sign', '/dev/zero', '--key', desk.key('key')],
    ['message', 'publish', '/dev/zero', '--data', desk.data],
    ['message', 'publish', unsigned, '--signature', '/dev/zero', '--data', desk.data],
  ];
  for (const command of commands) expect(await desk.refusal(command)).toContain('it is larger than');
});

test('sign refuses a key that has another name, by which the data directory may have it', async () => {
  await desk.add('a');
  await desk.keygen('key');
  const unsigned = await desk.export();
  linkSync(desk.key('key'), join(desk.data, 'key.pem'));
  const sign = ['message', 'sign', unsigned, '--key', desk.key('key')];
  expect(await desk.refusal(sign)).toContain('has 2 names');
  rmSync(join(desk.data, 'key.pem'));
  await desk.sign(unsigned, 'key');
});

describeWithUsers('a key of another user', () => {
  test('is refused: that user can read it', async () => {
    await desk.add('a');
    await desk.keygen('key');
    const unsigned = await desk.export();
    chownSync(desk.key('key'), ALICE, ALICE);
    const sign = ['message', 'sign', unsigned, '--key', desk.key('key')];
    expect(await desk.refusal(sign)).toContain(`belongs to another user of this machine (uid ${ALICE})`);
  });
});

test('a passphrase is asked for at the terminal also where the document comes by standard input', async () => {
  const key = desk.key('key');
  const run = { home: new Home(), env: { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/' } };
  const piped = (command: string) =>
    runInTerminal(['sh', '-c', `${command} 2>${join(desk.offline, 'err')}`], run);
  const keygen = piped(`echo | ${executable} keygen ${key} --encrypt`);
  await keygen.shows('New passphrase');
  keygen.type('open sesame\r');
  await keygen.shows('Once more');
  keygen.type('open sesame\r');
  expect(await keygen.ended).toBe(0);

  await desk.add('a');
  const sign = piped(`cat ${await desk.export()} | ${executable} message sign - --key ${key}`);
  await sign.shows('Passphrase of');
  sign.type('open sesame\r');
  expect(await sign.ended).toBe(0);
  expect(sign.screen()).toContain('signature');
  expect(sign.screen()).not.toContain('sesame');
});

test('--public-key counts as often as it is given', async () => {
  await desk.add('a');
  const [one, other] = [await desk.keygen('one'), await desk.keygen('other')];
  const published = await desk.publish(await desk.signed('one'), '--public-key', one, '--public-key', other);
  expect(published).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`trust none but ${other} will`),
  });
});
