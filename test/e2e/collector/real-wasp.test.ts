/**
 * The real Wasp, which knows one destination only: its `app.posthog.com` is our collector, on loopback in a network
 * namespace that has nothing else. Nothing can reach the real one from there.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { npmLauncher, realWasp, realWaspData } from '../../../scripts/fetch-wasp.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { startCollector } from '../../collector/support/collector-process.ts';
import { INSTALL_SCRIPT } from '../../collector/support/reports.ts';
import { storedRows } from '../../collector/support/stored-rows.ts';
import { joining, OWN_MOUNTS_AND_NETWORK, testInNamespace } from '../../support/namespace.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const HOSTS = 'ip link set lo up && mount --bind "$0/hosts" /etc/hosts && exec "$@"';

testInNamespace('the real Wasp, its npm postinstall and curl reach the collector over TLS', async () => {
  const directory = temporaryDirectory();
  const dataDir = join(directory, 'data');
  const [home, project] = [join(directory, 'home'), join(directory, 'project')];
  const [cert, key] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const pair = await generate([{ name: 'commonName', value: 'app.posthog.com' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'app.posthog.com' }] },
    ],
  });
  writeFileSync(cert, pair.cert);
  writeFileSync(key, pair.private);
  writeFileSync(join(directory, 'hosts'), '127.0.0.1 localhost app.posthog.com\n');
  mkdirSync(home);
  mkdirSync(project);
  writeFileSync(join(project, '.wasproot'), '');

  const wrapper = [...OWN_MOUNTS_AND_NETWORK, 'sh', '-c', HOSTS, directory];
  const tls = ['--listen', '127.0.0.1:443', '--tls-cert', cert, '--tls-key', key];
  const collector = await startCollector(dataDir, tls, wrapper);

  function run(command: string, ...args: string[]): void {
    const [enter = '', ...rest] = joining(collector.process.pid as number, project);
    const environment = {
      PATH: process.env.PATH,
      HOME: home,
      CI: 'true',
      waspc_datadir: realWaspData,
      SYSTEM_CERTIFICATE_PATH: cert,
      NODE_EXTRA_CA_CERTS: cert,
    };
    const options = { env: environment, timeout: 100_000 };
    const { error } = spawnSync(enter, [...rest, command, ...args], options);
    // Wasp itself fails, since that project is empty; what it reports is what this is about.
    if (error) throw error;
  }
  run(realWasp, 'info');
  run(realWasp, 'deploy', 'railway', 'launch', 'my-secret-app');
  run(process.execPath, join(npmLauncher, '../postinstall.js'));
  run(
    'curl',
    '--silent',
    '--cacert',
    cert,
    '--data',
    JSON.stringify(INSTALL_SCRIPT),
    'https://app.posthog.com/capture',
  );
  expect(await collector.end('SIGTERM')).toBe(0);

  const store = openStore(dataDir);
  const command = {
    kind: 0,
    distinct_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    project_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    is_build: 0,
    wasp_version: '0.25.0',
    os: 'linux',
    context: 'CI NON_INTERACTIVE_SHELL',
  };
  expect(storedRows(store)).toMatchObject([
    { ...command, deploy_cmd_args: '' },
    { ...command, deploy_cmd_args: 'railway;launch' },
    { kind: 2, distinct_id: expect.stringMatching(/^\d+$/), os: 'linux', context: 'CI' },
    { kind: 1, distinct_id: INSTALL_SCRIPT.properties.distinct_id, os: 'linux' },
  ]);
  store.close();
});
