import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { realWasp, realWaspFolder } from '../../scripts/fetch-wasp.ts';
import { projectHash } from '../../src/front-end/telemetry/project.ts';
import { Home } from '../support/home.ts';
import { startReceiver } from '../support/receiver.ts';
import { DIST_WASP, environment, type Run, runWasp, type Variables } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';
import { runInTerminal } from '../support/terminal.ts';

const VARIABLES: Variables = {
  WASP_TELEMETRY_URL: 'http://127.0.0.1:9/capture',
  // A path that a golden file can hold: the platform package in the project, not this checkout.
  WASP_BIN: undefined,
  // Known in advance, as a random id is not.
  WASP_TELEMETRY_USER_ID: 'alice',
};

interface Situation {
  readonly args: readonly string[];
  readonly env?: Variables;
  readonly prepare?: (home: Home) => void;
  readonly outside?: boolean;
}

const SITUATIONS: Record<string, Situation> = {
  'the status in a project': { args: ['telemetry'] },
  'the status as JSON': { args: ['telemetry', 'status', '--json'] },
  'the status outside a project': { args: ['telemetry'], outside: true },
  'the status when WASP_TELEMETRY_DISABLE is set': {
    args: ['telemetry'],
    env: { WASP_TELEMETRY_DISABLE: '' },
  },
  'the status when DO_NOT_TRACK is set': { args: ['telemetry'], env: { DO_NOT_TRACK: '1' } },
  'the status when the choice is torn': {
    args: ['telemetry'],
    prepare: (home) => home.writeConfig('telemetry.json', '{"enabled":'),
  },
  'the status when the choice is of an unknown kind': {
    args: ['telemetry'],
    prepare: (home) => home.writeConfig('telemetry.json', '{"enabled":"yes"}'),
  },
  'the status with a destination that is refused': {
    args: ['telemetry'],
    env: { WASP_TELEMETRY_URL: 'http://example.com/capture' },
  },
  'the status with a WASP_BIN that is missing': { args: ['telemetry'], env: { WASP_BIN: '/nowhere/wasp' } },
  'the status without a home': { args: ['telemetry'], env: { HOME: undefined } },
  'a preview of build': { args: ['telemetry', 'show', 'build'] },
  'a preview as JSON': { args: ['telemetry', 'show', '--json', 'deploy', 'fly', 'deploy', '--secret'] },
  'a preview of what is never reported': { args: ['telemetry', 'show', 'completion:list'] },
  'a preview outside a project': { args: ['telemetry', 'show', 'info'], outside: true },
  'a preview when telemetry is off': { args: ['telemetry', 'show', 'info'], env: { DO_NOT_TRACK: '1' } },
  'an empty log': { args: ['telemetry', 'log'] },
  'an empty log as JSON': { args: ['telemetry', 'log', '--json'] },
  'a log': { args: ['telemetry', 'log'], prepare: fillJournal },
  'a log as JSON': { args: ['telemetry', 'log', '--json'], prepare: fillJournal },
  disabling: { args: ['telemetry', 'disable'] },
  'disabling as JSON': { args: ['telemetry', 'disable', '--json'] },
  enabling: { args: ['telemetry', 'enable'] },
  'enabling against a variable': { args: ['telemetry', 'enable'], env: { DO_NOT_TRACK: '1' } },
  'enabling without a home': { args: ['telemetry', 'enable'], env: { HOME: undefined } },
  'a reset': { args: ['telemetry', 'reset'] },
  'a reset as JSON': { args: ['telemetry', 'reset', '--json'] },
  "wasp's own help": { args: ['--help'] },
  'wasp alone': { args: [] },
  'the versions': { args: ['--version'] },
  'the help': { args: ['telemetry', '--help'] },
  "a command's help": { args: ['telemetry', 'show', '--help'] },
  'a command that does not exist': { args: ['telemetry', 'delete'] },
  'the notice': { args: ['version'] },
};

function fillJournal(home: Home): void {
  const body = '{"api_key":"key","event":"cli","properties":{}}';
  const url = 'https://app.posthog.com/capture';
  const entries = [
    {
      time: '2026-11-20T08:00:00.000Z',
      command: 'other',
      slot: 'other',
      outcome: { kind: 'delivered', status: 200 },
    },
    {
      time: '2026-11-20T09:00:00.000Z',
      command: 'build',
      slot: 'build',
      outcome: { kind: 'refused', status: 500 },
    },
    {
      time: '2026-11-21T08:00:00.000Z',
      command: 'deploy',
      slot: 'other',
      outcome: { kind: 'not sent', why: 'ECONNREFUSED' },
    },
    {
      time: '2026-11-22T08:00:00.000Z',
      command: 'other',
      slot: 'other',
      outcome: { kind: 'unknown', why: 'it was reset' },
    },
  ];
  for (const entry of entries) {
    home.write(
      `attempts/${entry.time.replaceAll(':', '-')}-0000-${entry.slot}.json`,
      JSON.stringify({ ...entry, url, body }),
    );
  }
  home.write('attempts/2026-11-22T09-00-00.000Z-torn.json', '{"time":"2026-11-');
}

function prepare({ prepare, env, outside }: Situation): Run {
  const home = new Home();
  const place = join(home.project, 'node_modules/@wasp.sh/wasp-cli-linux-x64-glibc');
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(dirname(realWasp), place);
  prepare?.(home);
  return { home, env: { TZ: 'UTC', ...VARIABLES, ...env }, ...(outside && { cwd: home.folder }) };
}

/** What differs from run to run has the same length each time, so that lines break where they broke. */
function normalise(text: string, { home }: Run): string {
  return text
    .replaceAll(realWaspFolder, join(home.folder, 'my-app'))
    .replaceAll(home.folder, '/tmp/wasp-test-HOME00')
    .replaceAll(projectHash(home.project), '0123456789abcdef')
    .replaceAll(projectHash(home.folder), 'fedcba9876543210');
}

describe.each(Object.entries(SITUATIONS))('%s', (_, situation) => {
  test('in a pipe', async () => {
    const run = prepare(situation);
    const { stdout, stderr, code } = await runWasp(situation.args, run);
    expect(normalise(Buffer.from(`${stdout}${stderr}`, 'latin1').toString(), run)).toMatchSnapshot(
      `exit code ${code}`,
    );
  });

  // JSON is for programs: it knows no width.
  const widths = situation.args.includes('--json') ? [80] : [80, 40];
  test.each(widths)('in a terminal of %d columns', async (columns) => {
    const run = prepare(situation);
    const words = [DIST_WASP, ...situation.args].map((word) => `'${word}'`).join(' ');
    const terminal = runInTerminal(['sh', '-c', `stty cols ${columns}; exec ${words}`], run);
    const code = await terminal.ended;
    expect(normalise(terminal.screen(), run).replaceAll('\r\n', '\n')).toMatchSnapshot(`exit code ${code}`);
  });
});

test('bold stands only in a terminal, and never with NO_COLOR', async () => {
  const run = prepare({ args: [] });
  const coloured = runInTerminal([DIST_WASP, 'telemetry'], run);
  await coloured.ended;
  expect(coloured.screen()).toContain('\u001b[1m');
  const plain = runInTerminal([DIST_WASP, 'telemetry'], { ...run, env: { ...run.env, NO_COLOR: '1' } });
  await plain.ended;
  expect(plain.screen()).not.toContain('\u001b');
  expect((await runWasp(['telemetry'], run)).stdout).not.toContain('\u001b');
});

test('status knows what the real Wasp’s own telemetry command knows', async () => {
  const run = prepare({ args: [] });
  const receiver = await startReceiver();
  const env = { ...run.env, WASP_TELEMETRY_URL: receiver.url };
  await runWasp(['info'], { ...run, env });
  await sendersGone(run.home);
  const bare = await runWasp(['telemetry'], { ...run, program: [realWasp] });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the real Wasp colours its output in a pipe too.
  const facts = bare.stdout.replaceAll(/\u001b\[[\d;]*m/g, '');
  expect(facts).toContain('Telemetry is currently: ENABLED');
  expect(facts).toContain(`Telemetry cache directory: ${run.home.telemetry}/`);
  expect(facts).toContain('Last time telemetry data was sent for this project: ');
  const ours = (await runWasp(['telemetry'], { ...run, env })).stdout;
  expect(ours).toContain('on: nothing turns it off');
  expect(ours).toContain(`directory ${run.home.telemetry}`);
  expect(ours).toMatch(/Last attempt +\d{4}-\d\d-\d\d \d\d:\d\d, other/);
  expect(ours).toContain('https://wasp.sh/docs/telemetry');
});

test('the environment helper refuses to run without a destination', () => {
  expect(() => environment({ home: new Home(), env: {} })).toThrow('WASP_TELEMETRY_URL');
});
