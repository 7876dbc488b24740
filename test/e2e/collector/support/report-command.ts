import { spawnSync } from 'node:child_process';
import { openStore } from '../../../../src/collector/store/open-store.ts';
import { executable } from '../../../collector/support/collector-process.ts';
import { event } from '../../../collector/support/events.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

export const DAY = 24 * 3_600_000;

/** When reports are asked for here, unless a test names another time: today's would be another one after midnight. */
export const NOW = Date.UTC(2026, 10, 22, 12);

/** `wasp-collector` to its end. */
export function run(...args: string[]) {
  return runWith({}, ...args);
}

export function runWith(env: NodeJS.ProcessEnv, ...args: string[]) {
  const now = args[0] === 'report' && !args.includes('--now') ? ['--now', new Date(NOW).toISOString()] : [];
  const { stdout, stderr, status } = spawnSync(executable, [...args, ...now], {
    encoding: 'utf8',
    // An export of the demo is more than the usual 1 MB, after which the rest would be missing.
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...env },
  });
  return { stdout, stderr, status };
}

/** Three users on the day before, one of whom builds. */
export function store(): string {
  const directory = temporaryDirectory();
  const opened = openStore(directory);
  const receivedAt = NOW - DAY;
  opened.insert([
    event({ distinctId: 'a', receivedAt, isBuild: true }),
    event({ distinctId: 'b', receivedAt, version: '=cmd|calc' }),
    event({ distinctId: 'c', receivedAt, context: 'CI' }),
  ]);
  opened.close();
  return directory;
}
