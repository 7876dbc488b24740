/** Private keys: where they may lie, who may read them, passphrases, and signatures that other programs make. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cli } from '../../collector/support/cli.ts';
import { executable } from '../../collector/support/collector-process.ts';
import { Desk, documentIn } from '../../collector/support/desk.ts';
import { Home } from '../../support/home.ts';
import { describeWithOpenssl } from '../../support/openssl.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { runInTerminal } from '../../support/terminal.ts';

let desk: Desk;
let link: string;

beforeEach(() => {
  desk = new Desk();
  link = join(desk.offline, 'link');
});

describe('a key in a data directory is refused', () => {
  test.each<[string, (data: string) => string]>([
    ['directly', (data) => join(data, 'key.pem')],
    ['in a folder that isn’t there yet', (data) => join(data, 'new', 'key.pem')],
    ['by a link to it', (data) => linked(data, 'key.pem')],
    ['by a link into it and back', (data) => `${linked(join(data, 'deep'), '..')}/key.pem`],
    ['by a link to a link', (data) => linked(linked(data), 'key.pem')],
  ])('%s', async (_, place) => {
    openStore(desk.data).close();
    mkdirSync(join(desk.data, 'deep'));
    const key = place(desk.data);
    expect(await desk.refusal(['keygen', key])).toContain('inside the data directory');
    expect(existsSync(join(desk.data, 'key.pem'))).toBe(false);
  });

  test('also where the directory has messages but no database, and for sign by a link to the key itself', async () => {
    await desk.add('a');
    await desk.keygen('key');
    const unsigned = await desk.export();
    writeFileSync(join(desk.data, 'key.pem'), readFileSync(desk.key('key')), { mode: 0o600 });
    const key = join(desk.offline, 'linked.pem');
    symlinkSync(join(desk.data, 'key.pem'), key);
    expect(await desk.refusal(['message', 'sign', unsigned, '--key', key])).toContain(
      'inside the data directory',
    );
    expect(await desk.refusal(['keygen', join(desk.data, 'other.pem')])).toContain(
      'inside the data directory',
    );
    rmSync(join(desk.data, 'key.pem'));
    expect(await desk.refusal(['keygen', key])).toContain('EEXIST');
  });

  let links = 0;
  /** A new link to a place, and a path below it. */
  function linked(target: string, ...below: string[]): string {
    links += 1;
    symlinkSync(target, `${link}${links}`);
    return [`${link}${links}`, ...below].join('/');
  }
});

test.each([0o640, 0o604, 0o660, 0o602])('sign refuses a key of mode %o', async (mode) => {
  await desk.add('a');
  await desk.keygen('key');
  const unsigned = await desk.export();
  chmodSync(desk.key('key'), mode);
  const refusal = await desk.refusal(['message', 'sign', unsigned, '--key', desk.key('key')]);
  expect(refusal).toContain(`chmod 600 ${desk.key('key')}`);
  chmodSync(desk.key('key'), 0o400);
  await desk.sign(unsigned, 'key');
});

describe('a passphrase', () => {
  /** Runs a command with a passphrase on descriptor 3. */
  const withPassphrase = (passphrase: string, args: readonly string[]) =>
    cli([...args, '--passphrase-fd', '3'], '', { PASSPHRASE: passphrase }, [
      'bash',
      '-c',
      '"$0" "$@" 3<<<"$PASSPHRASE"',
    ]);

  test('encrypts the key, and is asked for to sign, by a file descriptor', async () => {
    await desk.add('a');
    const unsigned = await desk.export();
    const key = desk.key('key');
    const { stdout: publicKey } = await withPassphrase('open sesame', ['keygen', key]);
    expect(readFileSync(key, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    const sign = ['message', 'sign', unsigned, '--key', key];
    expect(await withPassphrase('wrong', sign)).toMatchObject({ code: 1, stdout: '' });
    expect((await withPassphrase('', sign)).stderr).toContain('The passphrase is empty');
    expect(await desk.refusal(sign)).toContain('there is no terminal to ask');
    const { stdout, stderr } = await withPassphrase('open sesame', sign);
    expect(stderr).toContain(publicKey.trim());
    expect(await desk.publish(desk.write(stdout), '--public-key', publicKey.trim())).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test('is asked for at a terminal, twice for a new key, and not shown', async () => {
    const key = desk.key('key');
    const run = { home: new Home(), env: { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/' } };
    const keygen = runInTerminal([executable, 'keygen', key, '--encrypt'], run);
    await keygen.shows('New passphrase');
    keygen.type('open sesame\r');
    await keygen.shows('Once more');
    keygen.type('open sesame\r');
    expect(await keygen.ended).toBe(0);
    expect(keygen.screen()).not.toContain('sesame');

    await desk.add('a');
    const sign = runInTerminal([executable, 'message', 'sign', await desk.export(), '--key', key], run);
    await sign.shows('Passphrase of');
    sign.type('open sesame\r');
    expect(await sign.ended).toBe(0);
    expect(sign.screen()).toContain('signature');
    expect(sign.screen()).not.toContain('sesame');
  });

  test('that is typed in two ways, or not at all, makes no key', async () => {
    const key = desk.key('key');
    const run = { home: new Home(), env: { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/' } };
    const twoWays = runInTerminal([executable, 'keygen', key, '--encrypt'], run);
    await twoWays.shows('New passphrase');
    twoWays.type('one\r');
    await twoWays.shows('Once more');
    twoWays.type('other\r');
    expect(await twoWays.ended).toBe(1);
    const none = runInTerminal([executable, 'keygen', key, '--encrypt'], run);
    await none.shows('New passphrase');
    none.type('\x03');
    expect(await none.ended).not.toBe(0);
    expect(existsSync(key)).toBe(false);
  });
});

describeWithOpenssl('a signature that another program made over exactly what export wrote', () => {
  let unsigned: string;
  let publicKey: string;
  const signature = () => join(desk.offline, 'signature');

  beforeEach(async () => {
    await desk.add('a');
    publicKey = await desk.keygen('key');
    unsigned = await desk.export();
    const openssl = [
      'pkeyutl',
      '-sign',
      '-rawin',
      '-inkey',
      desk.key('key'),
      '-in',
      unsigned,
      '-out',
      signature(),
    ];
    execFileSync('openssl', openssl);
  });

  const publish = (one: string) => desk.publish(unsigned, '--public-key', publicKey, '--signature', one);

  test.each<[string, () => string]>([
    ['as a file', () => signature()],
    ['in base64', () => readFileSync(signature()).toString('base64')],
    ['as a file with base64', () => desk.write(`${readFileSync(signature()).toString('base64')}\n`)],
  ])('is published with it: %s', async (_, given) => {
    expect(await publish(given())).toMatchObject({ code: 0, stderr: '' });
    const served = JSON.parse(readFileSync(join(desk.data, 'messages/signed.json'), 'utf8'));
    expect(Buffer.from(served.messages, 'base64').toString()).toBe(readFileSync(unsigned, 'utf8'));
    expect(desk.published()).toMatchObject({ messages: [{ id: 'a' }] });
  });

  test('is refused for anything else', async () => {
    expect((await publish('c2lnbmF0dXJl')).stderr).toContain('does not have 64 bytes');
    writeFileSync(unsigned, `${readFileSync(unsigned, 'utf8')} `);
    expect((await publish(signature())).stderr).toContain('not that of this public key');
  });
});

describe('a second key', () => {
  test('signs the same bytes once more, behind the first', async () => {
    await desk.add('a');
    await desk.keygen('one');
    const publicKey = await desk.keygen('other');
    const once = await desk.signed('one');
    const twice = await desk.sign(once, 'other');
    const [first, second] = [once, twice].map((file) => JSON.parse(readFileSync(file, 'utf8')));
    expect(second).toEqual({ ...first, signatures: [expect.stringMatching(/^[\w+/]{86}==$/)] });
    expect(documentIn(twice)).toEqual(documentIn(once));
    expect(await desk.publish(twice, '--public-key', publicKey)).toMatchObject({ code: 0, stderr: '' });
  });

  test('does not sign what it has signed, nor for another time', async () => {
    await desk.add('a');
    await desk.keygen('one');
    const once = await desk.signed('one');
    const sign = ['message', 'sign', once, '--key', desk.key('one')];
    expect(await desk.refusal(sign)).toContain('has signed it already');
    expect(await desk.refusal([...sign, '--valid', '3d'])).toContain('--valid would change it');
  });
});

test('preview shows messages as terminals of 80 and 40 columns will', async () => {
  await desk.add(
    'a',
    '--level',
    'critical',
    '--body',
    'A line that is longer than forty columns, but not eighty.',
  );
  await desk.add('b', '--url', 'https://wasp.sh/blog');
  const all = await desk.message('preview');
  expect(all).toContain('critical: About a\n  A line that is longer than forty columns, but not eighty.\n');
  expect(all).toContain(
    'critical: About a\n  A line that is longer than forty\n  columns, but not eighty.\n',
  );
  expect(all.match(/From the makers of Wasp/g)).toHaveLength(4);
  const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
  expect(widest(all)).toBeLessThanOrEqual(80);
  const long = `https://wasp.sh/${'a'.repeat(60)}`;
  await desk.add('long', '--url', long);
  const [, at80 = '', at40 = ''] = (await desk.message('preview', 'long')).split(/^── .*\n/m);
  expect(at80).toContain(`  ${long}\n`);
  expect(widest(at40)).toBe(40);
  expect(at40.replaceAll('\n', '')).toContain(long);
  expect(await desk.message('preview', 'b')).not.toContain('About a');
  expect(await desk.refusal(['message', 'preview', 'c', '--data', desk.data])).toContain(
    'There is no message "c"',
  );
  desk.data = temporaryDirectory();
  expect(await desk.refusal(['message', 'preview', '--data', desk.data])).toContain('There are no messages');
});
