/** What a service manager and a terminal do to the built server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { executable, startCollector } from '../../collector/support/collector-process.ts';
import { report } from '../../collector/support/reports.ts';
import { storedRows } from '../../collector/support/stored-rows.ts';
import { cleanup } from '../../support/cleanup.ts';
import { kill } from '../../support/kill.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';

test('SIGHUP while the server starts doesn’t end it', async () => {
  const directory = join(temporaryDirectory(), 'data');
  const args = ['serve', '--data', directory, '--listen', '127.0.0.1:0'];
  const child = spawn(executable, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanup(() => kill(child));
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await until('it opens its data', () => existsSync(directory) || child.signalCode !== null);
  await until('it listens', () => {
    child.kill('SIGHUP');
    return output.includes('listening on') || child.signalCode !== null;
  });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each(['SIGTERM', 'SIGINT', 'SIGQUIT'] as const)('%s drains and ends with 0', async (signal) => {
  const collector = await startCollector(temporaryDirectory());
  expect(await collector.end(signal)).toBe(0);
  expect(collector.output()).toContain('stopped');
});

test('SIGHUP, SIGUSR1 and SIGUSR2 neither end the server nor open a debugger', async () => {
  const collector = await startCollector(temporaryDirectory());
  for (const signal of ['SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const) collector.process.kill(signal);
  await until('SIGHUP is heard', () => collector.output().includes('certificate'));
  expect((await fetch(`${collector.url}/capture`, { method: 'POST', body: report() })).status).toBe(200);
  expect(await collector.end('SIGTERM')).toBe(0);
  expect(collector.output()).not.toContain('Debugger');
});

test('a second signal ends a drain that takes long', async () => {
  const collector = await startCollector(temporaryDirectory());
  const socket = connect(collector.port, '127.0.0.1');
  socket.on('error', () => {});
  cleanup(() => socket.destroy());
  socket.write('POST /capture HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n');
  await until('it is connected', async () =>
    (await (await fetch(`${collector.url}/metrics`)).text()).includes('connections 2'),
  );
  collector.process.kill('SIGTERM');
  await until('it drains', () => collector.output().includes('draining'));
  expect(await collector.end('SIGTERM')).toBe(1);
});

test('when the reader of its log has gone, the server goes on, and drains at the end', async () => {
  const directory = temporaryDirectory();
  const collector = await startCollector(directory);
  collector.process.stdout?.destroy();
  collector.process.stderr?.destroy();
  collector.process.kill('SIGHUP');
  const body = report();
  const socket = connect(collector.port, '127.0.0.1');
  const answer = text(socket);
  socket.write(`POST /capture HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n`);
  await until('the request has begun', async () =>
    (await (await fetch(`${collector.url}/metrics`)).text()).includes('connections 2'),
  );
  const ended = collector.end('SIGTERM');
  await until('nothing new is accepted', () =>
    fetch(collector.url).then(
      () => false,
      () => true,
    ),
  );
  socket.write(body);
  expect(await ended).toBe(0);
  expect(await answer).toMatch(/^HTTP\/1.1 200 /);
  const store = openStore(directory);
  expect(storedRows(store)).toHaveLength(1);
  store.close();
});
