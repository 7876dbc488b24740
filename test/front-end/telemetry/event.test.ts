import { describe as describeCommand } from '../../../src/front-end/telemetry/event.ts';
import { REPORT_KEYS } from '../../../src/protocol/report.ts';
import { fakeHost } from '../../support/fake-host.ts';
import vectors from '../../vectors.json' with { type: 'json' };

function describing(argv: readonly string[], env = {}, ci = false) {
  const host = fakeHost({ env, isCI: async () => ci });
  return describeCommand(host, { identity: 'id', projectHash: 'hash', argv, waspVersion: '0.25.0' });
}

test('exactly the seven keys, always all of them', async () => {
  expect(await describing(['info'])).toEqual({
    distinct_id: 'id',
    project_hash: 'hash',
    is_build: false,
    deploy_cmd_args: '',
    wasp_version: '0.25.0',
    os: 'linux',
    context: '',
  });
  expect(Object.keys(await describing([]))).toEqual(Object.keys(REPORT_KEYS));
});

test.each([
  ...vectors.deploy_cmd_args,
  { argv: ['deploy'], value: '' },
  { argv: ['deploy', 'cmd', 'deploy', 'fly'], value: 'fly;deploy;cmd' },
  { argv: ['deploy', 'railway', 'launch', 'my-secret-app'], value: '' },
  { argv: ['deploy', 'fly', 'fly', 'fly'], value: 'fly' },
  { argv: ['deploy', '--fly', 'FLY', 'fly=1', ''], value: '' },
  { argv: ['deploy', 'fly', 'setup', 'create-db', 'deploy', 'cmd'], value: 'fly;setup;create-db;deploy;cmd' },
  { argv: ['build', 'fly'], value: '' },
  { argv: ['--', 'deploy', 'fly'], value: '' },
])('deploy_cmd_args of $argv is "$value"', async ({ argv, value }) => {
  expect((await describing(argv)).deploy_cmd_args).toBe(value);
});

test.each([
  [['build'], true],
  [['build', 'start'], false],
  [['deploy'], false],
])('is_build of %j is %s', async (argv, isBuild) => {
  expect((await describing(argv)).is_build).toBe(isBuild);
});

test.each([
  ['', false, ''],
  ['', true, 'CI'],
  ['gitpod', false, 'gitpod'],
  ['gitpod', true, 'gitpod CI'],
  ['two words', true, 'two words CI'],
])('the context %j, on CI %s, is %j', async (context, ci, expected) => {
  expect((await describing([], { WASP_TELEMETRY_CONTEXT: context }, ci)).context).toBe(expected);
});
