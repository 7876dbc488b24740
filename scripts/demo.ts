/**
 * `npm run demo`: the front end before the real Wasp, in a real project, in a temporary home. Prints for each command
 * what was sent, or why nothing was. Leaves nothing behind.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchWasp, realWasp } from './fetch-wasp.ts';
import { path } from './paths.ts';
import { startReceiver } from './receiver.ts';
import { senders, stopSenders } from './senders.ts';

const COMMANDS = ['info', 'info', 'build', 'deploy fly deploy'];

console.log('Fetching Wasp 0.25.0 …');
fetchWasp();
await import('./build.ts');

const home = mkdtempSync(join(tmpdir(), 'wasp-demo-'));
const receiver = await startReceiver();
const wasp = path('dist/wasp');
const env = demoEnvironment();

try {
  console.log('\n$ wasp new demo -t minimal');
  run(['new', 'demo', '-t', 'minimal'], home);
  const project = join(home, 'demo');
  for (const command of COMMANDS) {
    console.log(`\n$ wasp ${command}`);
    const words = command.split(' ');
    const preview = JSON.parse(run(['telemetry', 'show', '--json', ...words], project).stdout);
    const { status } = run(words, project);
    while (senders(home).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const received = receiver.take();
    console.log(`  exit code ${status}`);
    console.log(
      received.length > 0 ? `  sent: ${received.join('\n')}` : `  nothing sent: ${preview.because}`,
    );
    if (preview.wouldBeSent !== received.length > 0)
      throw new Error('that is not what wasp telemetry show announced');
  }
  console.log('\n$ wasp telemetry');
  console.log(run(['telemetry'], project).stdout);
} finally {
  stopSenders(home);
  receiver.close();
  rmSync(home, { recursive: true, force: true });
}

/** Ours, since npm may need a proxy or certificates from it; less what concerns telemetry and places for files. */
function demoEnvironment(): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !/^(WASP_|DO_NOT_TRACK$|XDG_)/.test(name));
  return { ...Object.fromEntries(ours), HOME: home, WASP_BIN: realWasp, WASP_TELEMETRY_URL: receiver.url };
}

function run(args: readonly string[], cwd: string) {
  const { status, stdout, stderr, error } = spawnSync(wasp, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 180_000,
  });
  if (error) throw error;
  // Building and deploying may fail where npm or the provider is out of reach; a report is due all the same.
  if (args[0] === 'new' && status !== 0) throw new Error(`wasp new failed:\n${stdout}${stderr}`);
  return { status, stdout };
}
