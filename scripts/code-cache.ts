import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { keyPrefix } from '../src/front-end/messages/document-names.ts';
import { NOTICE_DATE } from '../src/front-end/telemetry/notice.ts';
import { projectHash } from '../src/front-end/telemetry/project.ts';
import type { Message, MessageDocument } from '../src/protocol/messages.ts';
import { path } from './paths.ts';

/**
 * Makes V8's code cache for a part and returns its file. Node's own way to make one, `useCodeCache`, compiles the
 * script without running it, so it holds hardly any function; this one is taken at the end of a run, and holds all that
 * it needed. `main` is taken of a paused run, as nearly all are: what more there is in a cache takes time to read. Every
 * other part is taken of a run that shows a message.
 */
export function makeCodeCache(folder: string, part: string): string {
  const cache = path(join(folder, `${part}.cache`));
  const home = mkdtempSync(join(tmpdir(), 'wasp-code-cache-'));
  try {
    const { project, key } = fillHome(home, part !== 'main');
    const script = path('scripts/run-for-code-cache.cjs');
    // Two builds of one source make the same bytes: a cache holds hashes of names, whose seed is otherwise drawn by lot,
    // and marks that V8's other threads leave at their own pace.
    const run = ['--hash-seed=1', '--predictable', script, path(folder), part, cache, 'info'];
    execFileSync(process.execPath, run, {
      cwd: project,
      stdio: ['ignore', 'ignore', 'pipe'],
      // The discard port, though nothing is due.
      env: {
        HOME: home,
        WASP_BIN: '/bin/sh',
        WASP_TELEMETRY_URL: 'http://127.0.0.1:9/',
        WASP_MESSAGES_PUBLIC_KEY: key,
      },
    });
  } finally {
    rmSync(home, { recursive: true });
  }
  checkThatItFits(path(join(folder, `${part}.js`)), cache);
  return cache;
}

/** Throws if V8, as a user's Node starts it, would not take the cache. */
function checkThatItFits(part: string, cache: string): void {
  const cachedData = readFileSync(cache);
  const { cachedDataRejected } = new Script(readFileSync(part, 'latin1'), { cachedData });
  if (cachedDataRejected) throw new Error(`V8 doesn't take the code cache ${cache}.`);
}

/** A home whose user has seen the notice, with a project that has just been reported, and a message that is due or none. */
function fillHome(home: string, withMessage: boolean): { project: string; key: string } {
  const project = join(home, 'project');
  write(join(project, '.wasproot'), '');
  const choice = { enabled: true, noticeShown: NOTICE_DATE };
  write(join(home, '.config/wasp/telemetry.json'), JSON.stringify(choice));
  const stamp = JSON.stringify({ _lastCheckIn: new Date().toISOString() });
  write(join(home, `.cache/wasp/telemetry/project-${projectHash(project)}`), stamp);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url').toString('base64');
  if (withMessage) {
    const bytes = Buffer.from(JSON.stringify(documentOf(Date.now())));
    const signed = {
      messages: bytes.toString('base64'),
      signature: sign(null, bytes, privateKey).toString('base64'),
    };
    write(join(home, `.cache/wasp/messages/documents/${keyPrefix(key)}1.json`), JSON.stringify(signed));
  }
  return { project, key };
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
