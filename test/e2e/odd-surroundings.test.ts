/** What surrounds a command on real machines, and nobody expects: the promises hold there too. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Home } from '../support/home.ts';
import { makeProgram, makeSilentWasp } from '../support/programs.ts';
import { hasPython, withEntries } from '../support/raw-environment.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { DIST_WASP, runWasp, type Variables } from '../support/run-wasp.ts';
import { isAlive, senders, sendersGone } from '../support/senders.ts';
import { until } from '../support/until.ts';

const silent = { code: 0, signal: null, stdout: '', stderr: '' };
const wasp = makeSilentWasp();
const hasStrace = spawnSync('strace', ['-V']).status === 0;
if (!hasStrace) console.warn('NOT TESTED, because there is no strace: file systems without hard links');

let home: Home;
let receiver: Receiver;

beforeEach(async () => {
  home = new Home();
  receiver = await startReceiver();
});

const run = (args: readonly string[], env: Variables = {}, program = [DIST_WASP]) =>
  runWasp(args, { home, program, env: { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: wasp, ...env } });

const namedPipe = (): string => {
  const place = join(home.folder, 'pipe');
  execFileSync('mkfifo', [place]);
  return place;
};

describe('a named pipe where a variable looks for a file holds up neither the command nor, for long, the sender:', () => {
  test.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'])('%s', async (variable) => {
    const url = receiver.url.replace('http:', 'https:');
    expect(await run(['info'], { WASP_TELEMETRY_URL: url, [variable]: namedPipe() })).toEqual(silent);
    await sendersGone(home);
    expect(home.journal()).toHaveLength(1);
  });

  test('OPENSSL_CONF', async () => {
    expect(await run(['info'], { OPENSSL_CONF: namedPipe() })).toEqual(silent);
    await receiver.received(1);
    await sendersGone(home);
  });
});

test('a mistake in OpenSSL’s configuration is not the front end’s affair', async () => {
  const file = join(home.folder, 'openssl.cnf');
  writeFileSync(file, 'nodejs_conf = a\n[a]\nproviders = b\n[b]\nnone = c\n[c]\nactivate = 1\n[[[\n');
  expect(await run(['info'], { OPENSSL_CONF: file })).toEqual(silent);
  await receiver.received(1);
  await sendersGone(home);
});

test('a ~/.npmrc of nothing but line breaks takes no time', async () => {
  writeFileSync(join(home.folder, '.npmrc'), '\n'.repeat(1_000_000));
  const { code } = await run(['--version'], { WASP_BIN: undefined, PATH: '/usr/bin:/bin' });
  expect(code).toBe(0);
});

describe('of a variable that the environment has twice, a no counts:', () => {
  const testWithPython = hasPython ? test : test.skip;
  /** Another home, in which telemetry is turned off. */
  const off = () => {
    const other = new Home();
    other.writeConfig('telemetry.json', '{"enabled":false}');
    return other.folder;
  };
  testWithPython.each<[string, () => string[]]>([
    ['DO_NOT_TRACK', () => ['DO_NOT_TRACK=0', 'DO_NOT_TRACK=1']],
    ['WASP_TELEMETRY_DISABLE without =', () => ['WASP_TELEMETRY_DISABLE']],
    ['HOME', () => [`HOME=${off()}`]],
    ['XDG_CONFIG_HOME', () => ['XDG_CONFIG_HOME=/nonexistent', `XDG_CONFIG_HOME=${off()}/.config`]],
    ['XDG_CONFIG_HOME, in another order', () => [`XDG_CONFIG_HOME=${off()}/.config`, 'XDG_CONFIG_HOME=/x']],
  ])('%s', async (_, entries) => {
    const program = [...withEntries(entries()), DIST_WASP];
    expect(await run(['info'], {}, program)).toEqual(silent);
    expect(senders(home)).toEqual([]);
    expect(home.telemetryFiles()).toEqual([]);
    const status = JSON.parse((await run(['telemetry', '--json'], {}, program)).stdout);
    expect(status.on).toBe(false);
  });

  testWithPython('a variable that has the same value twice is no doubt', async () => {
    expect(await run(['info'], {}, [...withEntries([`HOME=${home.folder}`]), DIST_WASP])).toEqual(silent);
    await receiver.received(1);
    await sendersGone(home);
  });
});

test('a umask that takes rights from the user closes neither ~/.cache nor the choice', async () => {
  const closing = ['/bin/sh', '-c', 'umask 0777; "$@"; umask', 'sh', DIST_WASP];
  expect(await run(['info'], {}, closing)).toEqual({ ...silent, stdout: '0777\n' });
  await receiver.received(1);
  await sendersGone(home);
  expect(statSync(join(home.folder, '.cache')).mode & 0o777).toBe(0o700);
  await run(['telemetry', 'disable'], {}, closing);
  expect(statSync(join(home.config, 'telemetry.json')).mode & 0o777).toBe(0o600);
});

(hasStrace ? test : test.skip)('a file system without hard links keeps the pause, too', async () => {
  // As exFAT says it, and what phones lay over theirs.
  const linkless = ['strace', '-f', '-o', '/dev/null', '-e', 'inject=link,linkat:error=EPERM', DIST_WASP];
  for (let n = 0; n < 3; n++) expect(await run(['info'], {}, linkless)).toEqual(silent);
  await receiver.received(1);
  await sendersGone(home);
  const ids = receiver.requests.map(({ body }) => JSON.parse(body).properties.distinct_id);
  expect(ids).toEqual([home.read('signature')]);
});

test('a Wasp that hangs when it is asked for its version is ended with all that it has started', async () => {
  const note = join(home.folder, 'started');
  const hangs = makeProgram(
    `#!/bin/sh\n[ "$1" = version ] || exit 0\nsleep 1000 &\necho $! $$ >'${note}.new' && mv '${note}.new' '${note}'\nwait\n`,
  );
  expect(await run(['info'], { WASP_BIN: hangs })).toEqual(silent);
  await receiver.received(1);
  const started = await until('it was asked', () => {
    try {
      return readFileSync(note, 'utf8').trim().split(' ').map(Number);
    } catch {
      return undefined;
    }
  });
  await sendersGone(home);
  await until('all of it has ended', () => !started.some(isAlive));
});
