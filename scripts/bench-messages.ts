/**
 * `npm run bench:messages`: what messages from the maintainers cost a command, in a terminal of its own. Variants take
 * turns, so that a slow minute of the machine hits them all. Goals (docs/messages.md): a message in ASCII is shown within
 * 70 ms, one with other characters within 85 ms, and having nothing to show costs 1 ms at most.
 */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import { issue, signBytes } from '../src/collector/publish/document.ts';
import { publicKeyText } from '../src/collector/publish/key-file.ts';
import { keyPrefix } from '../src/front-end/messages/document-names.ts';
import { NOTICE_DATE } from '../src/front-end/telemetry/notice.ts';
import type { Message, SignedMessages } from '../src/protocol/messages.ts';
import { median } from './median.ts';
import { path } from './paths.ts';
import { makeSilentWasp } from './silent-wasp.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 60);
const RESULT = 'BENCH_MESSAGES_RESULT';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key = publicKeyText(publicKey);
const DAY = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'wasp-bench-messages-'));

try {
  if (process.env[RESULT]) writeFileSync(process.env[RESULT], JSON.stringify(measure()));
  else print(measureInTerminal());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The same program once more, where standard error is a terminal. */
function measureInTerminal(): Record<string, number> {
  const result = join(folder, 'result.json');
  const command = `'${process.execPath}' '${path('scripts/bench-messages.ts')}'`;
  const { status, stdout } = spawnSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...process.env, [RESULT]: result },
  });
  if (status !== 0) throw new Error(`it ended with ${status}:\n${stdout}`);
  return JSON.parse(readFileSync(result, 'utf8'));
}

/** Medians in milliseconds. */
function measure(): Record<string, number> {
  if (!isatty(2)) throw new Error('standard error is no terminal');
  const wasp = makeSilentWasp(folder);
  const homes = {
    'no messages': makeHome(),
    'nothing due': makeHome('A new version is out'),
    'one shown, ASCII': makeHome('A new version is out'),
    'one shown, beyond ASCII': makeHome('A new version’s out'),
  };
  const times = Object.keys(homes).map((name) => ({ name, values: [] as number[] }));
  for (let round = -3; round < ROUNDS; round++) {
    // In a new order each time: what ran before warms or cools the machine for what runs next.
    for (const { name, values } of [...times].sort(() => Math.random() - 0.5)) {
      const home = homes[name as keyof typeof homes];
      if (name.startsWith('one shown')) forget(home);
      const time = run(home, wasp);
      if (round >= 0) values.push(time);
    }
  }
  return Object.fromEntries(times.map(({ name, values }) => [name, median(values)]));
}

function print(medians: Record<string, number>): void {
  const of = (name: string) => medians[name] ?? Number.NaN;
  const goals: readonly (readonly [string, number, number])[] = [
    ['nothing due, over no messages', of('nothing due') - of('no messages'), 1],
    ['one shown, ASCII', of('one shown, ASCII'), 70],
    ['one shown, beyond ASCII', of('one shown, beyond ASCII'), 85],
  ];
  console.log(`wasp info in a terminal, ${ROUNDS} interleaved runs, median ms`);
  for (const [name, value] of Object.entries(medians))
    console.log(`  ${name.padEnd(32)}${value.toFixed(1).padStart(7)}`);
  console.log('\nand what it must not exceed');
  for (const [name, value, goal] of goals) {
    const verdict = value <= goal ? 'ok' : 'EXCEEDED';
    console.log(`  ${name.padEnd(32)}${value.toFixed(1).padStart(7)}   ${goal}  ${verdict}`);
  }
}

/** Milliseconds until the process has exited. */
function run(home: string, wasp: string): number {
  const env = {
    HOME: home,
    PATH: '/usr/bin:/bin',
    TERM: 'xterm',
    WASP_BIN: wasp,
    WASP_MESSAGES_PUBLIC_KEY: key,
    WASP_TELEMETRY_URL: 'http://127.0.0.1:9/',
  };
  const start = performance.now();
  // Outside any project, so that no report is due.
  const { status } = spawnSync(path('dist/wasp'), ['info'], {
    cwd: home,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const time = performance.now() - start;
  if (status !== 0) throw new Error(`wasp ended with ${status}`);
  return time;
}

/** The home of a user who has seen the notice, and has received a message of this title. */
function makeHome(title?: string): string {
  const home = mkdtempSync(join(folder, 'home-'));
  write(join(home, '.config/wasp'), 'telemetry.json', { enabled: true, noticeShown: NOTICE_DATE });
  if (title !== undefined)
    write(join(home, '.cache/wasp/messages/documents'), `${keyPrefix(key)}1.json`, signed(title));
  return home;
}

function signed(title: string): SignedMessages {
  const yesterday = Date.now() - DAY;
  const publishedAt = new Date(yesterday).toISOString();
  const message: Message = { id: 'hello', level: 'info', title, body: 'Update today.', publishedAt };
  const document = issue({ serial: 1, messages: [message] }, yesterday, 31 * DAY);
  return signBytes(Buffer.from(JSON.stringify(document)), privateKey);
}

/** So that its message is due again. */
function forget(home: string): void {
  for (const name of ['shown', 'settled'])
    rmSync(join(home, '.cache/wasp/messages', name), { recursive: true, force: true });
}

function write(directory: string, name: string, value: object): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, name), JSON.stringify(value));
}
