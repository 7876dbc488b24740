import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { signBytes } from '../src/collector/publish/document.ts';
import { publicKeyText } from '../src/collector/publish/key-file.ts';
import { keyPrefix } from '../src/front-end/messages/document-names.ts';
import { attemptName } from '../src/front-end/sender/journal.ts';
import { NOTICE_DATE } from '../src/front-end/telemetry/notice.ts';
import { projectHash } from '../src/front-end/telemetry/project.ts';
import type { Message, MessageDocument } from '../src/protocol/messages.ts';
import { type ReportProperties, reportBody } from '../src/protocol/report.ts';
import { listenOnLoopback } from './loopback.ts';
import { path } from './paths.ts';

/**
 * The runs that caches are taken of, and the parts that each is for. The other parts run where a command's own output is
 * what is waited for.
 */
const RUNS = {
  // Nearly all runs are paused. To read what a due one needs besides takes them 0.1 ms, and spares it 2.
  due: ['main'],
  'showing a message': ['front-end-messages-show'],
  // How fast it comes to the wire decides what arrives from containers that end with their command.
  'a sender': ['front-end-sender-run', 'front-end-sender-post'],
} as const;
type Run = keyof typeof RUNS;

/** How long paths are leaves traces in a cache, and TMPDIR differs from user to user. */
const PLACE = existsSync('/tmp') ? '/tmp' : tmpdir();

/**
 * Makes V8's code caches for the parts in a folder; returns the files by part. Node's own way to make one,
 * `useCodeCache`, compiles the script without running it, so it holds hardly any function; these are taken at the end of
 * a run, and hold all that it needed.
 */
export async function makeCodeCaches(folder: string): Promise<Map<string, string>> {
  const receiver = createServer((request, response) => {
    request.resume().on('end', () => response.end('{"status":1}'));
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(receiver)}/`;
  try {
    for (const run of Object.keys(RUNS) as Run[]) await makeCachesOf(run, path(folder), url);
  } finally {
    receiver.close();
  }
  const parts = Object.values(RUNS).flat();
  return new Map(parts.map((part) => [part, path(join(folder, `${part}.cache`))]));
}

async function makeCachesOf(run: Run, folder: string, url: string): Promise<void> {
  const home = mkdtempSync(join(PLACE, 'wasp-code-cache-'));
  try {
    const { project, key } = fillHome(home, run);
    const env = {
      HOME: home,
      PATH: '/usr/bin:/bin',
      WASP_BIN: '/bin/sh',
      WASP_TELEMETRY_URL: url,
      WASP_MESSAGES_PUBLIC_KEY: key,
      ...(run === 'a sender' && { WASP_TELEMETRY_JOB: leaveAttempt(home, project, url) }),
    };
    // Two builds of one source make the same bytes: a cache holds hashes of names, whose seed is otherwise drawn by lot,
    // marks that V8's other threads leave at their own pace, and marks of functions that were called often, as those are
    // that look at one folder after another.
    const node = ['--hash-seed=1', '--predictable', '--no-sparkplug', path('scripts/run-for-code-cache.cjs')];
    const args = [folder, RUNS[run].join(), ...(run === 'a sender' ? [] : ['info'])];
    if (process.geteuid?.() === 0) giveAway(home);
    await promisify(execFile)(process.execPath, [...node, ...args], { cwd: project, env });
  } finally {
    rmSync(home, { recursive: true });
  }
  for (const part of RUNS[run]) checkThatItFits(join(folder, `${part}.js`), join(folder, `${part}.cache`));
}

/** To a user, whom the run takes itself for; not in a namespace that knows no other user. */
function giveAway(folder: string): void {
  const inside = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  try {
    for (const place of [folder, ...inside]) chownSync(place, 1000, 1000);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
  }
}

/** Throws if V8, as a user's Node starts it, would not take the cache. */
function checkThatItFits(part: string, cache: string): void {
  const cachedData = readFileSync(cache);
  const { cachedDataRejected } = new Script(readFileSync(part, 'latin1'), { cachedData });
  if (cachedDataRejected) throw new Error(`V8 doesn't take the code cache ${cache}.`);
}

/** A home whose user has seen the notice, with a project, and what the run needs. */
function fillHome(home: string, run: Run): { project: string; key: string } {
  const project = join(home, 'project');
  write(join(project, '.wasproot'), '');
  const choice = { enabled: true, noticeShown: NOTICE_DATE };
  write(join(home, '.config/wasp/telemetry.json'), JSON.stringify(choice));
  const stamp = JSON.stringify({ _lastCheckIn: run === 'due' ? null : new Date().toISOString() });
  write(join(home, `.cache/wasp/telemetry/project-${projectHash(project)}`), stamp);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = publicKeyText(publicKey);
  if (run === 'showing a message') {
    const signed = signBytes(Buffer.from(JSON.stringify(documentOf(Date.now()))), privateKey);
    write(join(home, `.cache/wasp/messages/documents/${keyPrefix(key)}1.json`), JSON.stringify(signed));
  }
  return { project, key };
}

/** An attempt that waits for its sender, and its claim; returns the attempt's name. */
function leaveAttempt(home: string, project: string, url: string): string {
  const hash = projectHash(project);
  const now = Date.now();
  const properties: ReportProperties = {
    distinct_id: '07414798-6d3a-4829-a6b8-d4b29dc4aaaa',
    project_hash: hash,
    is_build: false,
    deploy_cmd_args: '',
    wasp_version: '0.25.0',
    os: 'linux',
    context: '',
  };
  const attempt = {
    time: new Date(now).toISOString(),
    command: 'other',
    slot: 'other',
    url,
    body: reportBody('a key', properties),
    outcome: { kind: 'abandoned', why: '' },
    job: { claim: 1 },
  };
  const name = attemptName(now, hash, 'other');
  write(join(home, `.cache/wasp/telemetry/claims/${hash}-other/1`), attempt.time);
  write(join(home, `.cache/wasp/telemetry/attempts/${name}`), JSON.stringify(attempt));
  return name;
}

/** A document of one message with all that a message can have, and characters beyond ASCII. */
function documentOf(now: number): MessageDocument {
  const [before, later] = [now - 60_000, now + 86_400_000].map((time) => new Date(time).toISOString());
  const message: Message = {
    id: 'example',
    level: 'critical',
    title: 'A hole in Wasp’s sessions',
    body: 'Update today.\nThe details follow, 詳細は後ほど.',
    publishedAt: before as string,
    expiresAt: later as string,
    url: 'https://wasp.sh/blog',
  };
  const times = { issuedAt: before as string, expiresAt: later as string };
  const other = { ...message, id: 'other', affects: '<0.1.0 || ^0.2.0-rc.1' };
  return { format: 'wasp-messages-1', serial: 1, ...times, messages: [message, other] };
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
