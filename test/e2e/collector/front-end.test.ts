import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sendersGone } from '../../../scripts/senders.ts';
import { ingestServer } from '../../collector/support/ingest.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';

const wasp = join(import.meta.dirname, '../../../dist/wasp');

test('our own wasp, as built, lands with all seven keys', async () => {
  const server = await ingestServer();
  const home = temporaryDirectory();
  const project = join(home, 'project');
  mkdirSync(project);
  writeFileSync(join(project, '.wasproot'), '');
  // Its folder tells its version: an answer of its own might come too late for the report.
  const realWasp = join(home, '0.25.0', 'wasp-bin');
  mkdirSync(dirname(realWasp));
  writeFileSync(realWasp, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    WASP_BIN: realWasp,
    WASP_TELEMETRY_URL: `${server.url}/capture`,
    WASP_TELEMETRY_CONTEXT: 'gitpod',
  };
  const { status, stderr } = spawnSync(wasp, ['deploy', 'fly', 'setup', 'my-secret-app'], {
    cwd: project,
    env,
  });
  expect([status, String(stderr)]).toEqual([0, '']);
  await until('the report has landed', () => server.stored().length > 0);
  // Its sender writes into the home for a little longer.
  await sendersGone(home);
  expect(server.stored()).toMatchObject([
    {
      kind: 0,
      distinct_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      project_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
      is_build: 0,
      deploy_cmd_args: 'fly;setup',
      wasp_version: '0.25.0',
      os: process.platform,
      context: expect.stringMatching(/^gitpod/),
    },
  ]);
});

test('scripts/install.sh lands, even when the installation then fails', async () => {
  const server = await ingestServer();
  const env = {
    PATH: process.env.PATH,
    HOME: temporaryDirectory(),
    WASP_INSTALL_BASE_URL: 'file:///nowhere',
    WASP_TELEMETRY_URL: `${server.url}/capture`,
  };
  spawnSync('sh', [join(import.meta.dirname, '../../../scripts/install.sh')], { env });
  await until('the report has landed', () => server.stored().length > 0);
  expect(server.stored()).toMatchObject([
    {
      kind: 1,
      distinct_id: expect.stringMatching(/^\d+$/),
      os: process.platform === 'darwin' ? 'osx' : 'linux',
    },
  ]);
});
