/**
 * `npm run demo`: the front end before the real Wasp in a real project, and the collector behind it, in a temporary
 * home. Prints for each command what was sent, or why nothing was, and in the end the collector's report. Leaves nothing
 * behind.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { fetchWasp, realWasp } from './fetch-wasp.ts';
import { path } from './paths.ts';
import { sendersGone, stopSenders } from './senders.ts';

const COMMANDS = ['info', 'info', 'build', 'deploy fly deploy'];

console.log('Fetching Wasp 0.25.0 …');
fetchWasp();
await import('./build.ts');

const home = mkdtempSync(join(tmpdir(), 'wasp-demo-'));
const project = join(home, 'demo');
const store = join(home, 'collector');
const collector = spawn(path('dist/wasp-collector'), ['serve', '--data', store, '--listen', '127.0.0.1:0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});

try {
  const env = demoEnvironment(await addressOf(collector));
  const wasp = (args: readonly string[], cwd = project) => run(path('dist/wasp'), args, cwd, env);

  console.log('\n$ wasp new demo -t minimal');
  const created = wasp(['new', 'demo', '-t', 'minimal'], home);
  if (created.status !== 0) throw new Error(`wasp new failed:\n${created.output}`);

  let sent = 0;
  for (const command of COMMANDS) {
    console.log(`\n$ wasp ${command}`);
    const words = command.split(' ');
    const preview = JSON.parse(wasp(['telemetry', 'show', '--json', ...words]).output);
    // Building and deploying fail where npm or the provider is out of reach; a report is due all the same.
    const { status, output } = wasp(words);
    console.log(`  exit code ${status}`);
    if (status !== 0) console.log(lastLines(output));
    await sendersGone(home);
    const attempts = JSON.parse(wasp(['telemetry', 'log', '--json']).output).slice(sent);
    sent += attempts.length;
    for (const { outcome, body } of attempts)
      console.log(`  sent, ${outcome.kind} (${outcome.status}): ${body}`);
    if (attempts.length === 0) console.log(`  nothing sent: ${preview.because}`);
    if (preview.wouldBeSent !== attempts.length > 0) {
      throw new Error('that is not what wasp telemetry show announced');
    }
  }

  console.log(`\n$ wasp telemetry\n${wasp(['telemetry']).output}`);
  console.log('\n$ wasp-collector report totals --env all');
  const report = ['report', 'totals', '--data', store, '--env', 'all'];
  console.log(run(path('dist/wasp-collector'), report, home, env).output);
} finally {
  stopSenders(home);
  collector.kill('SIGTERM');
  if (collector.exitCode === null) await once(collector, 'exit');
  rmSync(home, { recursive: true, force: true });
}

/** What a command that failed has said at the end. */
function lastLines(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines
    .slice(-3)
    .map((line) => `  | ${line.trim()}`)
    .join('\n');
}

async function addressOf(server: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: server.stdout as NodeJS.ReadableStream })) {
    const url = line.match(/listening on (\S+),/)?.[1];
    if (url) return url;
  }
  throw new Error('the collector has ended');
}

/** Ours, since npm may need a proxy or certificates from it; less what concerns telemetry and places for files. */
function demoEnvironment(receiver: string): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !/^(WASP_|DO_NOT_TRACK$|XDG_)/.test(name));
  return {
    ...Object.fromEntries(ours),
    HOME: home,
    WASP_BIN: realWasp,
    WASP_TELEMETRY_URL: `${receiver}/capture`,
  };
}

function run(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 180_000,
  });
  if (error) throw error;
  return { status, output: stdout || stderr };
}
