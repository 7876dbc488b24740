/** What a message is, and several commands that prepare messages at once, with the built executable. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../../collector/support/cli.ts';
import { executable } from '../../collector/support/collector-process.ts';
import { Desk } from '../../collector/support/desk.ts';
import { makeMessage } from '../../support/maintainer.ts';
import { mounted, testWithMount } from '../../support/namespace.ts';
import { until } from '../../support/until.ts';

let desk: Desk;

beforeEach(() => {
  desk = new Desk();
});

const drafts = () => join(desk.data, 'messages/drafts.json');
const ids = (): string[] =>
  JSON.parse(readFileSync(drafts(), 'utf8')).messages.map(({ id }: { id: string }) => id);
const announce = (version: string, ...args: string[]) =>
  desk.message('add', '--new-version', version, ...args);

describe('an announcement', () => {
  test('is one whatever its id is, also after it was withdrawn and came back', async () => {
    await desk.add('wasp-0.24.0');
    await announce('0.25.0', '--id', 'hello');
    await announce('0.25.0', '--id', 'hello-again');
    expect(ids()).toEqual(['wasp-0.24.0', 'hello-again']);
    await desk.message('withdraw', 'hello-again');
    await announce('0.25.0', '--id', 'hello');
    await announce('0.26.0', '--id', 'wasp-0.24.0-x');
    expect(ids()).toEqual(['wasp-0.24.0', 'wasp-0.24.0-x']);
  });

  test('does not take the place of a message that has its id and announces nothing, unless told to', async () => {
    await desk.add('wasp-0.26.0');
    const args = ['message', 'add', '--new-version', '0.26.0', '--data', desk.data];
    expect(await desk.refusal(args)).toContain(
      'There is a message wasp-0.26.0 already that announces no version',
    );
    expect(await desk.message('list')).toContain('About wasp-0.26.0');
    expect(await announce('0.26.0', '--id', 'wasp-0.26.0')).toBe('replaced wasp-0.26.0\n');
  });

  test('that looks like one in every part, but was written by hand, is left alone', async () => {
    await announce('0.25.0');
    const {
      publishedAt: _,
      announces: __,
      ...words
    } = JSON.parse(readFileSync(drafts(), 'utf8')).messages[0];
    await desk.message('withdraw', 'wasp-0.25.0');
    const options = Object.entries<string>(words).flatMap(([name, value]) => [`--${name}`, value]);
    await desk.message('add', ...options);
    await announce('0.26.0');
    expect(ids()).toEqual(['wasp-0.25.0', 'wasp-0.26.0']);
  });

  test('of the first collectors, which kept no field, is known by all that it says', async () => {
    mkdirSync(join(desk.data, 'messages'));
    const url = 'https://github.com/wasp-lang/wasp/releases/tag/v0.25.0';
    const announced = { title: 'Wasp 0.25.0 is out', affects: '<0.25.0', url };
    const messages = [
      makeMessage({ id: 'wasp-0.25.0-cookie-hole' }),
      makeMessage({ id: 'wasp-0.25.0', ...announced }),
    ];
    writeFileSync(drafts(), JSON.stringify({ serial: 3, messages }));
    await announce('0.26.0');
    expect(ids()).toEqual(['wasp-0.25.0-cookie-hole', 'wasp-0.26.0']);
  });

  test('of a candidate stays when an older stable version is patched, and goes with the version itself', async () => {
    await announce('0.27.0-rc.1');
    await announce('0.26.1');
    expect(ids()).toEqual(['wasp-0.27.0-rc.1', 'wasp-0.26.1']);
    await announce('0.27.0-rc.2');
    expect(ids()).toEqual(['wasp-0.26.1', 'wasp-0.27.0-rc.2']);
    await announce('0.27.0');
    expect(ids()).toEqual(['wasp-0.27.0']);
  });
});

describe('commands at the same time', () => {
  const eight = Array.from({ length: 8 }, (_, n) => `m${n}`);

  test('lose nothing, also after one that was killed while it held the lock', async () => {
    // Left behind by an older collector, long ago.
    mkdirSync(join(desk.data, 'messages'));
    writeFileSync(join(desk.data, 'messages/lock'), '');
    const killed = spawn(executable, ['message', 'export', '--data', desk.data], { stdio: 'ignore' });
    await until('it holds the lock', () => readdirSync(join(desk.data, 'messages')).length > 0);
    killed.kill('SIGKILL');
    const withdrawn = ['a', 'b', 'c'];
    for (const id of withdrawn) await desk.add(id);
    await Promise.all([
      ...eight.map((id) => desk.add(id)),
      ...withdrawn.map((id) => desk.message('withdraw', id)),
      desk.message('export'),
      desk.message('export'),
    ]);
    expect(ids().sort()).toEqual(eight);
    expect(JSON.parse(readFileSync(drafts(), 'utf8')).withdrawn).toHaveLength(3);
  });

  test('write what the server can read, whatever the umask is', async () => {
    const umask = ['sh', '-c', 'umask 0777; exec "$0" "$@"'];
    const args = ['message', 'add', '--id', 'a', '--title', 'A', '--data', desk.data];
    expect(await cli(args, '', {}, umask)).toMatchObject({ code: 0 });
    expect(statSync(drafts()).mode & 0o777).toBe(0o600);
    chmodSync(desk.data, 0o700);
    await desk.add('b');
    expect(ids()).toEqual(['a', 'b']);
  });
});

test('what was signed before a withdrawal is refused, also after a restore that has forgotten its number', async () => {
  await desk.add('a');
  await desk.keygen('key');
  const old = readFileSync(drafts());
  const before = await desk.signed('key');
  writeFileSync(drafts(), old);
  await desk.message('withdraw', 'a');
  expect((await desk.publish(before)).stderr).toContain('was exported before a was withdrawn');
  await desk.add('a');
  const again = await desk.sign(await desk.export('--serial', '7'), 'key');
  expect(await desk.publish(again)).toMatchObject({ code: 0 });
});

testWithMount('on a full disk nothing is replaced, published or half written', async () => {
  await desk.add('a');
  const publicKey = await desk.keygen('key');
  const signed = await desk.signed('key');
  const full = mounted(
    `mount -t tmpfs -o size=64k tmpfs /mnt && cp -r ${desk.data}/messages /mnt/ && dd if=/dev/zero of=/mnt/full bs=1k 2>/dev/null; ` +
      `"$0" "$@"; code=$?; (cd /mnt && ls messages/* *.pem 2>/dev/null); exit $code; :`,
  );
  const publish = ['message', 'publish', signed, '--data', '/mnt', '--public-key', publicKey];
  const ended = await cli(publish, '', {}, full);
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('ENOSPC') });
  expect(ended.stdout).toBe('messages/drafts.json\nmessages/lock\n');
  const key = await cli(['keygen', '/mnt/key.pem'], '', {}, full);
  expect(key.code).toBe(1);
  expect(key.stdout).not.toContain('.pem');
});
