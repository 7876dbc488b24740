/** The built executable: from a thought to a signed file, and what it refuses. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cli, type Ended } from '../../collector/support/cli.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

let data: string;
/** Where the maintainer's key lies: another machine. */
let offline: string;
let key: string;

beforeEach(() => {
  data = temporaryDirectory();
  offline = temporaryDirectory();
  key = join(offline, 'key.pem');
});

/** Runs `wasp-collector message …`, which must succeed. */
async function message(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(['message', ...args]);
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  return stdout;
}

async function failure(args: string[], input = ''): Promise<Ended> {
  const ended = await cli(args, input);
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).not.toMatch(/\n\s+at /);
  return ended;
}

const add = (...args: string[]) => message('add', '--data', data, ...args);
const hello = ['--id', 'hello', '--title', 'Hello'];
const prepared = async () => JSON.parse(await message('list', '--data', data, '--json')).prepared;

async function signed(...args: string[]): Promise<string> {
  if (!existsSync(key)) await cli(['keygen', key]);
  const unsigned = join(offline, 'unsigned.json');
  writeFileSync(unsigned, await message('export', '--data', data));
  const file = join(offline, `signed-${readdirSync(offline).length}.json`);
  writeFileSync(file, await message('sign', unsigned, '--key', key, ...args));
  return file;
}

const documentIn = (file: string) =>
  JSON.parse(Buffer.from(JSON.parse(readFileSync(file, 'utf8')).messages, 'base64').toString());

describe('keygen', () => {
  test('writes a private key for its owner only and prints the public one', async () => {
    const { stdout } = await cli(['keygen', key]);
    expect(stdout).toMatch(/^[A-Za-z0-9+/]{43}=\n$/);
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(readFileSync(key, 'utf8')).toContain('BEGIN PRIVATE KEY');
  });

  test('overwrites nothing', async () => {
    writeFileSync(key, 'precious');
    expect((await failure(['keygen', key])).stderr).toContain('EEXIST');
    expect(readFileSync(key, 'utf8')).toBe('precious');
  });

  test('refuses to put the key into the data directory, also by way of a link', async () => {
    openStore(data).close();
    const link = join(offline, 'link');
    symlinkSync(data, link);
    for (const file of [
      join(data, 'key.pem'),
      join(data, 'messages', 'deep', 'key.pem'),
      join(link, 'key.pem'),
    ]) {
      expect((await failure(['keygen', file])).stderr).toContain('inside the data directory');
    }
    expect(readdirSync(data).filter((name) => name.endsWith('.pem'))).toEqual([]);
  });
});

describe('message add', () => {
  test('--new-version writes the announcement, for those who have an older one', async () => {
    expect(await add('--new-version', '0.26.0')).toBe('added wasp-0.26.0\n');
    expect(await prepared()).toEqual([
      {
        id: 'wasp-0.26.0',
        level: 'info',
        title: 'Wasp 0.26.0 is out',
        body: 'Install it with: npm i -g @wasp.sh/wasp-cli@0.26.0',
        publishedAt: expect.stringMatching(/^\d{4}-/),
        affects: '<0.26.0',
        url: 'https://github.com/wasp-lang/wasp/releases/tag/v0.26.0',
        announces: '0.26.0',
      },
    ]);
  });

  test('--new-version takes the place of the announcement before, and options win', async () => {
    await add('--new-version', '0.26.0');
    await add(...hello);
    const told = await add('--new-version', '0.26.1', '--level', 'important', '--body', 'One.\\nTwo.');
    expect(told).toBe('added wasp-0.26.1\nwithdrew wasp-0.26.0, which announced another version\n');
    expect(await prepared()).toMatchObject([
      { id: 'hello' },
      { id: 'wasp-0.26.1', level: 'important', body: 'One.\nTwo.' },
    ]);
  });

  test('--new-version leaves alone what merely is called like an announcement', async () => {
    await add('--id', 'wasp-0.25.0-cookie-hole', '--title', 'A hole');
    await add('--new-version', '0.25.0', '--id', 'called-otherwise');
    await add('--new-version', '0.26.0');
    const ids = (await prepared()).map(({ id }: { id: string }) => id);
    expect(ids).toEqual(['wasp-0.25.0-cookie-hole', 'wasp-0.26.0']);
  });

  test('a release candidate is announced to users of its own candidates only', async () => {
    await add('--new-version', '0.26.0');
    await add('--new-version', '0.27.0-rc.1');
    expect(await prepared()).toMatchObject([{ affects: '<0.26.0' }, { affects: '>=0.27.0-0 <0.27.0-rc.1' }]);
  });

  test('eight at once keep eight', async () => {
    const ids = Array.from({ length: 8 }, (_, n) => `m${n}`);
    await Promise.all(ids.map((id) => add('--id', id, '--title', 'A')));
    expect((await prepared()).map(({ id }: { id: string }) => id).sort()).toEqual(ids);
  });

  test('replaces the message with the same id', async () => {
    await add(...hello);
    expect(await add('--id', 'hello', '--title', 'Hello again')).toBe('replaced hello\n');
    expect(await prepared()).toMatchObject([{ title: 'Hello again' }]);
  });

  test.each([
    ['no title', ['--id', 'a'], 'title and body are not both text'],
    ['no id', ['--title', 'A'], 'its id is not'],
    ['a long title', ['--id', 'a', '--title', 'x'.repeat(61)], 'its title does not have'],
    [
      'an escape sequence',
      ['--id', 'a', '--title', '\u001b[31mred'],
      'characters that do not belong in text',
    ],
    [
      'a bidi override',
      ['--id', 'a', '--title', 'a', '--body', '\u202eb'],
      'characters that do not belong in text',
    ],
    ['no range', [...hello, '--affects', 'old ones'], 'not a semver range'],
    ['an http address', [...hello, '--url', 'http://wasp.sh'], 'not an https address'],
    [
      'a level that does not exist',
      [...hello, '--level', 'urgent'],
      'Allowed choices are info, important, critical',
    ],
    ['an expiry in the past', [...hello, '--expires', '2020-01-01'], 'expire in the past'],
    ['what is no version', ['--new-version', 'next'], 'not a version'],
  ])('refuses %s, and says why', async (_, args, why) => {
    expect((await failure(['message', 'add', '--data', data, ...args])).stderr).toContain(why);
    expect(existsSync(join(data, 'messages'))).toBe(false);
  });

  test('refuses a mistyped data directory', async () => {
    const ended = await failure(['message', 'add', '--data', '/nowhere/at/all', ...hello]);
    expect(ended.stderr).toContain('There is no directory /nowhere/at/all');
  });
});

test('withdraw takes a message out of the next document', async () => {
  await add(...hello);
  await add('--new-version', '0.26.0');
  await message('publish', await signed(), '--data', data);
  await message('withdraw', 'hello', '--data', data);
  expect(await message('list', '--data', data)).toMatch(
    /^published {2}info {2}wasp-0\.26\.0: .*\nwithdrawn, but published until the next document {2}hello\npublished: document \d+, /,
  );
  expect(documentIn(await signed()).messages).toMatchObject([{ id: 'wasp-0.26.0' }]);
  expect((await failure(['message', 'withdraw', 'hello', '--data', data])).stderr).toContain(
    'no message "hello"',
  );
});

test('every export has a serial number of its own, also if the drafts were lost', async () => {
  await add(...hello);
  const serials = [documentIn(await signed()).serial, documentIn(await signed()).serial];
  // Nothing of before is left, as after a restore of a backup that is older than the first message.
  rmSync(join(data, 'messages'), { recursive: true });
  serials.push(documentIn(await signed()).serial);
  expect(serials).toEqual([...new Set(serials)].sort((a, b) => a - b));
  const again = ['message', 'export', '--data', data, '--serial', String(serials[2])];
  expect((await failure(again)).stderr).toContain('which was given before');
});

describe('message sign', () => {
  test('needs nothing but the document and the key', async () => {
    await add(...hello);
    const unsigned = await message('export', '--data', data);
    await cli(['keygen', key]);
    const { code, stdout, stderr } = await cli(
      ['message', 'sign', '-', '--key', key, '--valid', '10d'],
      unsigned,
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^wasp-collector: signed for front ends that trust [A-Za-z0-9+/]{43}=\n$/);
    const document = JSON.parse(Buffer.from(JSON.parse(stdout).messages, 'base64').toString());
    expect(Date.parse(document.expiresAt) - Date.parse(document.issuedAt)).toBe(10 * 86_400_000);
  });

  test('refuses a key in the data directory, and what is no key or no document', async () => {
    await add(...hello);
    const unsigned = await message('export', '--data', data);
    await cli(['keygen', key]);
    writeFileSync(join(data, 'key.pem'), readFileSync(key));
    const sign = (file: string, text = unsigned) => failure(['message', 'sign', '-', '--key', file], text);
    expect((await sign(join(data, 'key.pem'))).stderr).toContain('inside the data directory');
    writeFileSync(join(offline, 'no-key'), 'no key');
    expect((await sign(join(offline, 'no-key'))).stderr).toContain("Can't read the private key");
    expect((await sign(key, '{"messages":[]}')).stderr).toContain('not a document');
    expect((await sign(key, unsigned.replace('Hello', '\\u202eHello'))).stderr).toContain(
      'do not belong in text',
    );
  });
});

describe('message publish', () => {
  test('refuses what is not newer, has expired, or another key has signed', async () => {
    await add(...hello);
    const first = await signed();
    const { stdout: otherKey } = await cli(['keygen', join(offline, 'other.pem')]);
    const publish = (file: string, ...args: string[]) => [
      'message',
      'publish',
      file,
      '--data',
      data,
      ...args,
    ];
    expect((await failure(publish(first, '--public-key', otherKey.trim()))).stderr).toContain(
      'not that of this',
    );
    await cli(publish(first));
    expect((await failure(publish(first))).stderr).toContain('is not newer than document ');
    writeFileSync(first, '{"status":1}');
    expect((await failure(publish(first))).stderr).toContain('not a file as `message sign` writes it');
  });
});
