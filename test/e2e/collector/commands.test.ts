/** The built executable, subcommand by subcommand; what they do in detail is tested where it is done. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { databasePath } from '../../../src/collector/data-directory.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cli } from '../../collector/support/cli.ts';
import { executable, startCollector } from '../../collector/support/collector-process.ts';
import { event } from '../../collector/support/events.ts';
import { storedRows } from '../../collector/support/stored-rows.ts';
import { TRACKED, TrackedLoad } from '../../collector/support/tracked-load.ts';
import { cleanup } from '../../support/cleanup.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';

/** A data directory in which these persons have an event each. */
function dataWith(...distinctIds: string[]): string {
  const directory = temporaryDirectory();
  const store = openStore(directory);
  store.insert(distinctIds.map((distinctId) => event({ distinctId })));
  store.close();
  return directory;
}

function idsIn(dataDir: string): string[] {
  const store = openStore(dataDir);
  const ids = storedRows(store).map(({ distinct_id }) => distinct_id);
  store.close();
  return ids;
}

test('export, import, forget and backup work on a store that is being served', async () => {
  const dataDir = dataWith('a', 'b');
  const collector = await startCollector(dataDir);
  const load = new TrackedLoad();
  let done = false;
  const loading = load.run(collector.port, 4, () => done);

  const file = join(temporaryDirectory(), 'events.csv');
  expect(await cli(['export', '--data', dataDir, '--format', 'csv', '--output', file])).toMatchObject({
    code: 0,
  });
  const lines = Array.from({ length: 5000 }, (_, index) => exportLine(importedId(index))).join('\n');
  expect(await cli(['import', '-', '--data', dataDir], lines)).toMatchObject({
    code: 0,
    stdout: 'stored 5000, already there 0\n',
  });
  expect(await cli(['forget', 'a', '--data', dataDir])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^removed 1 events and 1 projects\n(.*\n)*looked again: nothing in the log/,
    ),
  });
  const target = temporaryDirectory();
  expect(await cli(['backup', databasePath(target), '--data', dataDir])).toMatchObject({ code: 0 });
  done = true;
  await loading;
  expect(await collector.end('SIGTERM')).toBe(0);

  expect(readFileSync(file, 'utf8')).toMatch(/^uuid,event,.*\n.*,cli,a,.*\n.*,cli,b,/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(load.otherAnswers).toEqual(new Map());
  const ids = idsIn(dataDir);
  load.expectStored(ids.filter((id) => id.startsWith(TRACKED)));
  expect(ids.filter((id) => !id.startsWith(TRACKED))).toHaveLength(5001);
  expect(idsIn(target)).toEqual(expect.arrayContaining(['b', importedId(4999)]));
  expect(idsIn(target)).not.toContain('a');
});

test('import reads a CSV file by its name and tells what it dropped', async () => {
  const dataDir = temporaryDirectory();
  const file = join(temporaryDirectory(), 'posthog.CSV');
  writeFileSync(
    file,
    'event,distinct_id,timestamp\ninstall-script:run,7123456789012345,2026-01-01T00:00:00Z\n$pageview,8,2026-01-01\n',
  );
  expect(await cli(['import', file, '--data', dataDir])).toEqual({
    code: 0,
    stdout: 'stored 1, already there 0\ndropped 1: unknown_event\n',
    stderr: '',
  });
  expect(idsIn(dataDir)).toEqual(['7123456789012345']);
});

test('serve --keep-raw drops what is old and in the rollups, and says so', async () => {
  const dataDir = temporaryDirectory();
  const store = openStore(dataDir);
  store.insert([
    event({ receivedAt: Date.now() - 11 * 86_400_000 }),
    event({ receivedAt: Date.now() - 86_400_000 }),
  ]);
  store.catchUp();
  store.close();
  const collector = await startCollector(dataDir, ['--keep-raw', '10d']);
  await until('retention has run', () => collector.output().includes('retention dropped 1 raw events'));
  await collector.end('SIGTERM');
  expect(idsIn(dataDir)).toHaveLength(1);
});

test.each([
  [
    'a mistyped data directory',
    ['export', '--data', '/nowhere/at/all'],
    'There is no collector data in /nowhere',
  ],
  [
    'half a certificate',
    ['serve', '--data', '/nowhere', '--tls-key', 'x'],
    'belong together; one of them is missing',
  ],
  ['a missing certificate', ['serve', '--data', '/nowhere', '--tls-key', 'x', '--tls-cert', 'y'], 'ENOENT'],
  ['a strange address', ['serve', '--data', '/nowhere', '--listen', 'a:b'], 'Expected HOST:PORT'],
  ['a missing import', ['import', '/nowhere.csv', '--data', '/nowhere'], "Can't read /nowhere.csv: ENOENT"],
  ['no data directory', ['serve'], "required option '--data <dir>' not specified"],
  ['a strange age', ['serve', '--data', '/nowhere', '--keep-raw', '400'], 'such as 400d'],
  ['an unknown subcommand', ['sevre'], 'Did you mean serve?'],
])('%s is told in a line, without a stack', async (_name, args, message) => {
  const { code, stdout, stderr } = await cli(args);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(existsSync('/nowhere')).toBe(false);
});

test('forget --file removes many, names those who are not stored, and finds no byte of them afterwards', async () => {
  const [one, other] = ['f00df00d-1c11-4f82-9542-ec1a2d28786b', '2071317638099'];
  const dataDir = dataWith(one, 'kept', other, one);
  const file = join(temporaryDirectory(), 'ids');
  writeFileSync(file, `# asked on Monday\n${one}  # twice\n\n${one}\n${other}\nnever-seen\n`);
  const { code, stdout } = await cli(['forget', '--file', file, '--data', dataDir]);
  expect([code, stdout]).toEqual([
    0,
    'removed 3 events and 2 projects\n' +
      '  users: 2; events in the log: 3, in the rollups: 3\n' +
      '  combinations of version, system, context and deployment that no other event has: 0\n' +
      'not stored: never-seen\n' +
      'looked again: nothing in the log, nothing in the rollups, and no byte of 2 of the ids in the files\n',
  ]);
  expect(idsIn(dataDir)).toEqual(['kept']);
  expect(await cli(['forget', '--file', '/nowhere', '--data', dataDir])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^wasp-collector: Can't read the ids to forget from \/nowhere: ENOENT.*\n$/,
    ),
  });
});

test('forget takes an id as it was sent, also where its hash is stored', async () => {
  const dataDir = dataWith(createHash('sha256').update('build-server').digest('hex'), 'kept');
  const { code, stdout } = await cli(['forget', 'build-server', '--data', dataDir]);
  expect([code, stdout.split('\n')[0]]).toEqual([0, 'removed 1 events and 1 projects']);
  expect(idsIn(dataDir)).toEqual(['kept']);
});

test('the data directory, the store and backups are the owner’s alone, also where the directory was open to all', async () => {
  const dataDir = temporaryDirectory();
  chmodSync(dataDir, 0o755);
  writeFileSync(databasePath(dataDir), '', { mode: 0o644 });
  const collector = await startCollector(dataDir);
  const backup = join(dataDir, 'backup.db');
  expect(await cli(['backup', backup, '--data', dataDir])).toMatchObject({ code: 0 });
  const rights = (file: string) => (statSync(file).mode & 0o777).toString(8);
  const files = readdirSync(dataDir).map((name) => join(dataDir, name));
  expect([rights(dataDir), ...files.filter((file) => /\.db/.test(file)).map(rights)]).toEqual([
    '700',
    ...['600', '600', '600', '600'],
  ]);
  await collector.end('SIGTERM');
});

test('nobody to forget, and a backup over an existing file, are failures', async () => {
  const dataDir = dataWith('a');
  expect(await cli(['forget', 'b', '--data', dataDir])).toMatchObject({
    code: 1,
    stderr: 'wasp-collector: Nobody with the distinct_id "b" is stored.\n',
  });
  expect(await cli(['backup', databasePath(dataDir), '--data', dataDir])).toMatchObject({ code: 1 });
  expect(idsIn(dataDir)).toEqual(['a']);
});

test('an address that is taken is told', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  cleanup(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const { code, stderr } = await cli([
    'serve',
    '--data',
    temporaryDirectory(),
    '--listen',
    `127.0.0.1:${port}`,
  ]);
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining(`Can't listen on 127.0.0.1:${port}: listen EADDRINUSE`),
  ]);
});

test('the data directory and what is in it can be read by its owner only', async () => {
  const dataDir = join(temporaryDirectory(), 'new', 'data');
  const collector = await startCollector(dataDir);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  await collector.end('SIGTERM');
});

test('an export into a pipe that is closed early ends quietly', async () => {
  const dataDir = temporaryDirectory();
  const store = openStore(dataDir);
  store.insert(Array.from({ length: 20_000 }, () => event()));
  store.close();
  const script = `"${executable}" export --data "${dataDir}" | head -n 1`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  expect([stdout.trim().split('\n').length, stderr]).toEqual([1, '']);
});

/** As long as an installer's number, which is kept as it is. */
function importedId(index: number): string {
  return `1${String(index).padStart(16, '0')}`;
}

function exportLine(distinctId: string): string {
  return JSON.stringify({
    event: 'cli',
    distinct_id: distinctId,
    timestamp: '2026-01-01T00:00:00Z',
    properties: { project_hash: '6d7e561d62b955d1', wasp_version: '0.25.0', os: 'linux' },
  });
}

test('serve --keep-raw drops nothing under a clock that contradicts the store, and takes a word', async () => {
  const dataDir = temporaryDirectory();
  const store = openStore(dataDir);
  store.insert([event({ receivedAt: Date.now() - 1100 * 86_400_000 })]);
  store.close();
  const doubting = await startCollector(dataDir, ['--keep-raw', '400d']);
  await until('it says why', () =>
    /retention waits: the clock says 20.*--trust-clock/.test(doubting.output()),
  );
  await doubting.end('SIGTERM');
  expect(idsIn(dataDir)).toHaveLength(1);
  const told = await startCollector(dataDir, ['--keep-raw', '400d', '--trust-clock']);
  await until('it drops', () => told.output().includes('retention dropped 1 raw events'));
  await told.end('SIGTERM');
  expect(idsIn(dataDir)).toEqual([]);
});
