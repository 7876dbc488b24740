import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Home } from '../support/home.ts';
import { makeSilentWasp } from '../support/programs.ts';
import { startReceiver } from '../support/receiver.ts';
import { DIST_WASP, type Run, runWasp, type Variables } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';
import { runInTerminal } from '../support/terminal.ts';

test('preview, debug output, wire and journal are the same bytes', async () => {
  const home = new Home();
  const receiver = await startReceiver();
  const env = {
    WASP_TELEMETRY_URL: receiver.url,
    WASP_BIN: makeSilentWasp(),
    WASP_TELEMETRY_CONTEXT: 'grüße "x"',
  };
  const run: Run = { home, env };
  const command = ['deploy', 'cmd', 'fly', '--secret=deploy'];

  const preview = await runWasp(['telemetry', 'show', ...command], run);
  const previewed = Buffer.from(preview.stdout, 'latin1').toString().split('\n')[0];
  const asJson = JSON.parse(
    Buffer.from(
      (await runWasp(['telemetry', 'show', '--json', ...command], run)).stdout,
      'latin1',
    ).toString(),
  );
  const debug = await runWasp(command, { home, env: { ...env, WASP_TELEMETRY_DEBUG: '1' } });
  expect(receiver.requests).toHaveLength(0);
  await runWasp(command, run);
  const [request] = await receiver.received(1);
  await sendersGone(home);

  expect(request?.body).toBe(previewed);
  expect(asJson.body).toBe(previewed);
  expect(Buffer.from(debug.stderr, 'latin1').toString()).toBe(`${previewed}\n`);
  expect(home.journal().map(({ body }) => body)).toEqual([previewed]);
});

test('a new user’s session: told first, then reported once, then paused', async () => {
  const home = new Home();
  const receiver = await startReceiver();
  const run: Run = { home, env: { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: makeSilentWasp() } };
  const type = async (...words: string[]) => {
    const terminal = runInTerminal([DIST_WASP, ...words], run);
    await terminal.ended;
    await sendersGone(home);
    return terminal.screen();
  };

  expect(await type('info')).toContain('wasp telemetry show');
  expect(receiver.connectionCount()).toBe(0);
  expect(await type('info')).toBe('');
  expect(receiver.requests).toHaveLength(1);
  expect(await type('info')).toBe('');
  expect(receiver.requests).toHaveLength(1);
  const log = JSON.parse((await runWasp(['telemetry', 'log', '--json'], run)).stdout);
  expect(log).toMatchObject([{ outcome: { kind: 'delivered', status: 200 } }]);
  expect((await type('telemetry', 'log')).match(/delivered/g)).toHaveLength(1);
});

describe('the notice', () => {
  const notice = 'wasp telemetry disable';
  const show = async (home: Home, args: readonly string[], env: Variables = {}) => {
    const variables = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_BIN: makeSilentWasp(), ...env };
    const terminal = runInTerminal([DIST_WASP, ...args], { home, env: variables });
    await terminal.ended;
    return terminal.screen();
  };

  test('has at most five lines', async () => {
    const screen = await show(new Home(), ['info']);
    expect(screen).toContain(notice);
    expect(screen.trimEnd().split('\n').length).toBeLessThanOrEqual(5);
  });

  test('is not for CI, JSON, completion, help, or people who have decided', async () => {
    expect(await show(new Home(), ['info'], { CI: 'true' })).toBe('');
    expect(await show(new Home(), ['deps', '--json'])).toBe('');
    expect(await show(new Home(), ['completion:list'], { COMP_LINE: 'wasp inf' })).not.toContain(notice);
    expect(await show(new Home(), ['--version'])).not.toContain(notice);
    expect(await show(new Home(), ['info'], { DO_NOT_TRACK: '1' })).toBe('');
  });

  test('is shown once more when it has changed', async () => {
    const home = new Home();
    home.writeConfig('telemetry.json', '{"enabled":true,"noticeShown":"2020-01-01"}');
    expect(await show(home, ['info'])).toContain(notice);
    expect(await show(home, ['info'])).toBe('');
  });

  test('is not repeated for ever where it can’t be remembered: nothing is said and nothing sent', async () => {
    const home = new Home();
    mkdirSync(join(home.folder, '.config'), { recursive: true });
    symlinkSync('/dev/null', home.config);
    const receiver = await startReceiver();
    expect(await show(home, ['info'], { WASP_TELEMETRY_URL: receiver.url })).toBe('');
    expect(await show(home, ['info'], { WASP_TELEMETRY_URL: receiver.url })).toBe('');
    await sendersGone(home);
    expect(receiver.connectionCount()).toBe(0);
  });
});
