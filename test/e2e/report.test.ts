import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { home, receiver, wasp } from '../support/new-home.ts';
import { makeProgram } from '../support/programs.ts';
import { runWasp, type Variables } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';
import { until } from '../support/until.ts';
import vectors from '../vectors.json' with { type: 'json' };

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const silent = { code: 0, signal: null, stdout: '', stderr: '' };

/** Runs a command in the project and waits until no sender is left; then whatever was going to be sent has been. */
async function run(command: string, env: Variables = {}, cwd = home.project): Promise<void> {
  const all = { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: wasp, ...env };
  const argv = command.split(' ').filter(Boolean);
  expect(await runWasp(argv, { home, env: all, cwd })).toEqual(silent);
  await sendersGone(home);
}

/** The properties of all reports so far. */
const reports = () => receiver.requests.map(({ body }) => JSON.parse(body).properties);

test('the first command in a project is reported, in PostHog’s form, with the seven keys', async () => {
  await run('deploy fly deploy --secret=fly');
  expect(receiver.requests).toHaveLength(1);
  const [request] = receiver.requests;
  expect(request).toMatchObject({ method: 'POST', path: '/capture' });
  expect(request?.headers).toMatchObject({ 'content-type': 'application/json' });
  const id = home.read('signature');
  expect(id).toMatch(UUID_V4);
  expect(JSON.parse(request?.body ?? '')).toEqual({
    api_key: 'CdDd2A0jKTI2vFAsrI9JWm3MqpOcgHz1bMyogAcwsE4',
    event: 'cli',
    properties: {
      distinct_id: id,
      project_hash: createHash('sha256').update(`${home.project}/`).digest('hex').slice(0, 16),
      is_build: false,
      deploy_cmd_args: 'fly;deploy',
      wasp_version: '0.25.0',
      os: process.platform,
      context: '',
    },
  });
});

test('the journal holds the exact bytes that were sent', async () => {
  await run('info');
  expect(home.journal()).toEqual([
    {
      time: home.sharedState()._lastCheckIn,
      command: 'other',
      slot: 'other',
      url: receiver.url,
      body: receiver.requests[0]?.body,
      outcome: { kind: 'delivered', status: 200 },
    },
  ]);
});

test('a second command within 12 hours is not reported, one after more than 12 hours is, by the same person', async () => {
  await run('info');
  await run('deploy');
  home.passHours(11.99);
  await run('start');
  expect(reports()).toHaveLength(1);
  home.passHours(0.02);
  await run('info');
  expect(reports()).toHaveLength(2);
  expect(reports()[1].distinct_id).toBe(reports()[0].distinct_id);
});

test('exactly `wasp build` has a slot of its own; `wasp build start` shares the other', async () => {
  await run('build start');
  await run('build');
  await run('build');
  await run('build --verbose');
  expect(reports().map(({ is_build }) => is_build)).toEqual([false, true]);
  const stamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(home.sharedState()).toEqual({
    _lastCheckIn: stamp,
    _lastCheckInBuild: stamp,
    _lastCheckInDeploy: null,
  });
});

test('each project has its own slots', async () => {
  await run('info');
  await run('info', {}, home.makeProject('second'));
  expect(new Set(reports().map(({ project_hash }) => project_hash)).size).toBe(2);
});

test('inside nested projects the nearest one counts, from any folder below it', async () => {
  const inner = home.makeProject('my-app/packages/inner');
  const below = join(inner, 'src', 'pages');
  mkdirSync(below, { recursive: true });
  await run('info', {}, below);
  expect(reports()[0].project_hash).toBe(createHash('sha256').update(`${inner}/`).digest('hex').slice(0, 16));
});

test('outside a project nothing is sent and nothing is written', async () => {
  await run('info', {}, home.folder);
  expect(receiver.connectionCount()).toBe(0);
  expect(home.telemetryFiles()).toEqual([]);
});

test('completion:list, which a shell asks on every Tab, is not reported', async () => {
  await run('completion:list');
  expect(receiver.connectionCount()).toBe(0);
  expect(home.telemetryFiles()).toEqual([]);
});

test.each(['--help', 'help', '-h', '--version', 'telemetry', 'telemetry log'])(
  '`wasp %s` is not reported',
  async (command) => {
    const env = { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: wasp };
    await runWasp(command.split(' '), { home, env });
    await sendersGone(home);
    expect(receiver.connectionCount()).toBe(0);
    expect(home.telemetryFiles()).toEqual([]);
  },
);

describe('switched off, there is no request and no file', () => {
  test.each<Variables>([
    { WASP_TELEMETRY_DISABLE: '1' },
    { WASP_TELEMETRY_DISABLE: '' },
    { WASP_TELEMETRY_DISABLE: '0' },
    { DO_NOT_TRACK: '1' },
    { DO_NOT_TRACK: 'yes' },
  ])('by %j', async (env) => {
    await run('info', env);
    await run('build', env);
    expect(receiver.connectionCount()).toBe(0);
    expect(home.telemetryFiles()).toEqual([]);
  });

  test.each(['{"enabled":false}', '{"enabled":"no"}', '{"ena', '', '[]', 'null'])(
    'by the choice file holding %j',
    async (choice) => {
      home.writeConfig('telemetry.json', choice);
      await run('info');
      expect(receiver.connectionCount()).toBe(0);
      expect(home.telemetryFiles()).toEqual([]);
    },
  );
});

test.each(['', '0', 'false'])('DO_NOT_TRACK=%j does not switch off', async (value) => {
  await run('info', { DO_NOT_TRACK: value });
  expect(reports()).toHaveLength(1);
});

test('WASP_TELEMETRY_DEBUG prints the body on stderr, sends nothing and takes no slot', async () => {
  const env = { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: wasp };
  const debug = await runWasp(['build'], { home, env: { ...env, WASP_TELEMETRY_DEBUG: '1' } });
  expect(debug).toMatchObject({ code: 0, stdout: '' });
  await sendersGone(home);
  expect(receiver.connectionCount()).toBe(0);
  await run('build');
  expect(`${receiver.requests[0]?.body}\n`).toBe(debug.stderr);
});

test('WASP_TELEMETRY_API_KEY replaces the key', async () => {
  await run('info', { WASP_TELEMETRY_API_KEY: 'ours' });
  expect(JSON.parse(receiver.requests[0]?.body ?? '').api_key).toBe('ours');
});

test('a version that neither a package nor a folder tells is asked from the real Wasp', async () => {
  const asked = makeProgram(
    '#!/bin/sh\n[ "$1" = version ] && printf "0.31.4\\n\\nupgrade with…\\n"\nexit 0\n',
  );
  // A report waits for the answer for a tenth of a second: on a busy machine a later one has it.
  await until('a report has the answer', async () => {
    await run('info', { WASP_BIN: asked });
    home.passHours(12.01);
    return reports().at(-1).wasp_version !== '';
  });
  expect(reports().at(-1).wasp_version).toBe('0.31.4');
});

describe('as the real Wasp 0.25.0 sends it', () => {
  test.each(vectors.deploy_cmd_args)('deploy_cmd_args of $argv', async ({ argv, value }) => {
    await run(argv.join(' '));
    expect(reports()[0].deploy_cmd_args).toBe(value);
  });

  test.each(vectors.distinct_id_from_WASP_TELEMETRY_USER_ID)(
    'distinct_id of $env',
    async ({ env, value }) => {
      await run('info', { WASP_TELEMETRY_USER_ID: env });
      expect(reports()[0].distinct_id).toBe(value);
    },
  );

  test.each(vectors.context)('context of $env', async ({ env, value }) => {
    await run('info', env as Variables);
    expect(reports()[0].context).toBe(value);
  });
});

test('on a CI service, where nobody reads a notice, commands are reported with the context CI', async () => {
  await run('info', { CI: 'true' });
  await run('build', { CI: 'true' });
  await run('build', { CI: 'true' });
  expect(reports().map(({ context, is_build }) => [context, is_build])).toEqual([
    ['CI', false],
    ['CI', true],
  ]);
});
