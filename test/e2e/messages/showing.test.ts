/** What the maintainers say back, on the terminal, with the built executable. */

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { path } from '../../../scripts/paths.ts';
import { type Correspondence, correspond } from '../../support/correspondence.ts';
import { filesBelow, temporaryFolder } from '../../support/home.ts';
import { makeMessage } from '../../support/maintainer.ts';
import { makeProgram } from '../../support/programs.ts';
import { DIST_WASP, runWasp, type Variables } from '../../support/run-wasp.ts';

let user: Correspondence;

beforeEach(async () => {
  user = await correspond();
});

test('a message that came with the answer is shown on the next command, once', async () => {
  expect(await user.receive([makeMessage()])).toEqual({ kind: 'accepted', serial: 1, notes: [] });
  const screen = await user.onTerminal();
  expect(screen).toContain('info: Hello from the makers');
  expect(screen).toContain('A body of text.');
  expect(screen).toContain('https://wasp.sh/blog');
  expect(await user.onTerminal()).toBe('');
  expect(await user.onTerminal()).toBe('');
});

test('it goes to standard error', async () => {
  await user.receive([makeMessage()]);
  const screen = await user.onTerminal({}, ['sh', '-c', `${DIST_WASP} info 2>/dev/null >/dev/null`]);
  expect(screen).toBe('');
  expect(await user.onTerminal({}, ['sh', '-c', `${DIST_WASP} info >/dev/null`])).toContain('Hello');
});

test('where only standard output goes into a pipe, it is shown', async () => {
  await user.receive([makeMessage()]);
  expect(await user.onTerminal({}, ['sh', '-c', `${DIST_WASP} info | cat`])).toContain('Hello');
});

test('not where standard error is no terminal, on CI, for JSON, completion, or what the front end answers itself', async () => {
  await user.receive([makeMessage({ level: 'critical' })]);
  const silent = { code: 0, signal: null, stdout: '', stderr: '' };
  expect(await runWasp(['info'], { ...user, cwd: user.home.folder })).toEqual(silent);
  expect(await user.onTerminal({ CI: 'true' })).toBe('');
  expect(await user.onTerminal({}, [DIST_WASP, 'info', '--json'])).toBe('');
  expect(await user.onTerminal({ COMP_LINE: 'wasp inf' }, [DIST_WASP, 'completion:list'])).not.toContain(
    'Hello',
  );
  expect(await user.onTerminal({}, [DIST_WASP, '--version'])).not.toContain('Hello');
  expect(await user.onTerminal({}, [DIST_WASP, 'telemetry'])).not.toContain('Hello');
  expect(await user.onTerminal()).toContain('Hello');
});

test.each<[string, Variables]>([
  ['WASP_TELEMETRY_DISABLE', { WASP_TELEMETRY_DISABLE: '1' }],
  ['DO_NOT_TRACK', { DO_NOT_TRACK: '1' }],
])('off means no messages: by %s', async (_, off) => {
  await user.receive([makeMessage()]);
  const before = filesBelow(user.home.folder);
  expect(await user.onTerminal(off)).toBe('');
  expect((await runWasp(['messages'], { ...user, env: { ...user.env, ...off } })).stdout).toContain(
    'telemetry is off',
  );
  expect(filesBelow(user.home.folder)).toEqual(before);
  expect(await user.onTerminal()).toContain('Hello');
});

test('off by choice means no messages', async () => {
  await user.receive([makeMessage()]);
  await runWasp(['telemetry', 'disable'], user);
  expect(await user.onTerminal()).toBe('');
});

test('something critical comes back after a day, for as long as it concerns the installed version', async () => {
  await user.receive([makeMessage({ level: 'critical', affects: '<=0.25.0' })]);
  expect(await user.onTerminal()).toContain('critical: Hello');
  expect(await user.onTerminal()).toBe('');
  user.passHours(23.9);
  expect(await user.onTerminal()).toBe('');
  user.passHours(0.2);
  expect(await user.onTerminal({ WASP_BIN: makeProgram('#!/bin/sh\n', '0.25.1') })).toBe('');
  expect(await user.onTerminal()).toContain('critical: Hello');
  expect(await user.onTerminal()).toBe('');
});

test('something critical shown “in the future”, by a clock that was wrong, is shown again', async () => {
  await user.receive([makeMessage({ level: 'critical' })]);
  await user.onTerminal();
  user.passHours(-10_000);
  expect(await user.onTerminal()).toContain('critical: Hello');
  expect(await user.onTerminal()).toBe('');
});

test('a message for other versions is not shown, and both journal and list say why', async () => {
  const reception = await user.receive([
    makeMessage({ level: 'critical', affects: '<0.20.0' }),
    makeMessage({ id: 'b', affects: '^0.25.0' }),
  ]);
  expect(reception?.notes).toEqual(['message hello is not shown to Wasp 0.25.0: it concerns <0.20.0']);
  const screen = await user.onTerminal();
  expect(screen).not.toContain('critical');
  expect(screen).toContain('info: Hello');
  expect(await user.listed()).toMatchObject([
    { id: 'hello', concernsThisWasp: false },
    { id: 'b', concernsThisWasp: true },
  ]);
});

test('two projects with two versions each get what concerns them', async () => {
  await user.receive([makeMessage({ affects: '0.24.0' })]);
  expect(await user.onTerminal()).toBe('');
  expect(await user.onTerminal()).toBe('');
  expect(await user.onTerminal({ WASP_BIN: makeProgram('#!/bin/sh\n', '0.24.0') })).toContain('Hello');
});

test('at most three at a time, the most urgent first; the rest by wasp messages', async () => {
  const levels = ['info', 'info', 'important', 'info', 'critical'];
  await user.receive(levels.map((level, n) => makeMessage({ id: `m${n}`, level, title: `Number ${n}` })));
  const screen = await user.onTerminal();
  expect(screen.match(/Number \d/g)).toEqual(['Number 4', 'Number 2', 'Number 0']);
  expect(screen).toContain('2 more');
  expect(await user.onTerminal()).toBe('');
  expect((await user.listed()).filter(({ read }) => !read).map(({ id }) => id)).toEqual(['m1', 'm3']);
  const list = (await runWasp(['messages'], user)).stdout;
  expect(list).toMatch(/info \(\d{4}-\d\d-\d\d, new\): Number 1/);
  expect(list).toMatch(/info \(\d{4}-\d\d-\d\d, read \d{4}-.*\): Number 0/);
  expect((await user.listed()).every(({ read }) => read)).toBe(true);
});

test('of more than three critical ones none is forgotten', async () => {
  await user.receive(
    ['a', 'b', 'c', 'd'].map((id) => makeMessage({ id, level: 'critical', title: `Hole ${id}` })),
  );
  expect((await user.onTerminal()).match(/Hole \w/g)).toEqual(['Hole a', 'Hole b', 'Hole c']);
  expect((await user.onTerminal()).match(/Hole \w/g)).toEqual(['Hole d']);
  expect(await user.onTerminal()).toBe('');
});

test.each(['info', 'critical'])('20 commands at once show one message of level %s once', async (level) => {
  await user.receive([makeMessage({ level })]);
  const screens = await Promise.all(Array.from({ length: 20 }, () => user.onTerminal()));
  expect(screens.filter((screen) => screen.includes('Hello'))).toHaveLength(1);
  expect(screens.filter((screen) => screen === '')).toHaveLength(19);
});

test.each([
  ['info', 'for the first time'],
  ['critical', 'for the first time'],
  ['critical', 'after a day'],
])(
  '20 commands that all stand right before showing one of level %s show it once, %s',
  async (level, when) => {
    await user.receive([makeMessage({ level })]);
    if (when === 'after a day') {
      await user.onTerminal();
      user.passHours(24.1);
    }
    const barrier = temporaryFolder();
    const env = { BARRIER_FOLDER: barrier, BARRIER_COUNT: '20' };
    const program = [process.execPath, '--require', path('test/support/barrier.cjs'), path('dist/wasp.cjs')];
    const runs = Array.from({ length: 20 }, () => user.onTerminal(env, [...program, 'info']));
    const screens = await Promise.all(runs);
    expect(readdirSync(barrier)).toHaveLength(20);
    expect(screens.filter((screen) => screen.includes('Hello'))).toHaveLength(1);
    expect(screens.filter((screen) => screen === '')).toHaveLength(19);
  },
);

test('what `wasp news` has told is not told again', async () => {
  await user.receive([makeMessage(), makeMessage({ id: 'b', level: 'critical', title: 'Only here' })]);
  const news = '{"lastListingAt":"2026-11-22T12:13:46.579494904Z","seenNewsIds":["hello","other"]}';
  user.home.write('../news.json', news);
  const screen = await user.onTerminal();
  expect(screen).toContain('Only here');
  expect(screen).not.toContain('Hello');
  expect(await user.listed()).toMatchObject([{ id: 'b' }, { id: 'hello', toldByNews: true, read: true }]);
  expect(user.home.read('../news.json')).toBe(news);
});

test('where it can’t be remembered that a message was shown, it is not shown', async () => {
  await user.receive([makeMessage()]);
  writeFileSync(join(user.home.folder, '.cache/wasp/messages/shown'), 'a file where a folder should be');
  expect(await user.onTerminal()).toBe('');
});

test('lines are as wide as the terminal, also where characters take two columns', async () => {
  const body = '日本語の文章は空白なしで続きますから途中で折り返す必要があります';
  await user.receive([makeMessage({ title: 'A title that is longer than forty columns', body })]);
  const screen = await user.onTerminal({}, ['sh', '-c', `stty cols 30; exec ${DIST_WASP} info`]);
  const lines = screen.split('\r\n').map((line) => stripVTControlCharacters(line));
  const columns = (line: string) => [...line].reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1), 0);
  expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(30);
  expect(lines.join('').replaceAll(' ', '')).toContain(body);
});

test('colour tells the level, in a terminal, and never with NO_COLOR', async () => {
  await user.receive([makeMessage({ level: 'critical' }), makeMessage({ id: 'b', level: 'important' })]);
  const screen = await user.onTerminal();
  expect(screen).toContain('\u001b[1;31mcritical: Hello');
  expect(screen).toContain('\u001b[33mimportant: Hello');
  user.passHours(25);
  expect(await user.onTerminal({ NO_COLOR: '1' })).not.toContain('\u001b');
});
