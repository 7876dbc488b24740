import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { DAY, NOW, run, runWith, store } from './support/report-command.ts';

test('alone it answers in at most 15 lines, as wide as it may be', () => {
  const directory = store();
  for (const [columns, width] of [
    ['', 80],
    ['80', 80],
    ['40', 40],
  ] as const) {
    const { stdout, stderr, status } = runWith(
      { COLUMNS: columns, FORCE_COLOR: undefined },
      'report',
      '--data',
      directory,
    );
    expect([stderr, status]).toEqual(['', 0]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(15);
    expect(lines.filter((line) => line.length > width)).toEqual([]);
    expect(lines[0]).toContain('2 active yesterday');
    expect(stdout).not.toContain('\u001b');
  }
});

test('the sentence is bold where a terminal is, but for NO_COLOR', () => {
  const directory = store();
  const bold = runWith({ FORCE_COLOR: '1', NO_COLOR: undefined }, 'report', '--data', directory).stdout;
  expect(bold).toContain('\u001b[1m');
  const plain = runWith({ FORCE_COLOR: undefined, NO_COLOR: '1' }, 'report', '--data', directory).stdout;
  expect(plain).not.toContain('\u001b');
});

test('--all answers with every figure and says how it counted', () => {
  const { stdout, stderr, status } = run('report', '--all', '--data', store());
  expect([stderr, status]).toEqual(['', 0]);
  expect(stdout).toContain('12 complete weeks');
  expect(stdout).toContain('weeks begin on Monday');
  expect(stdout).toMatch(
    /^Left out: 0 excluded ids; 0 local ids in 0 bursts \(a quarter hour with at least 20/m,
  );
  expect(stdout).toMatch(/^local +2 +2 +1 +0 +2$/m);
  expect(stdout).toMatch(/^ci +1 +1 +0 +0 +1$/m);
  for (const title of ['ACTIVE USERS PER WEEK', 'RETENTION BY WEEK', 'INSTALLATIONS PER WEEK']) {
    expect(stdout).toContain(`\n${title}\n`);
  }
});

test('JSON has the periods’ exact bounds and the figures as numbers', () => {
  const { stdout } = run(
    'report',
    'active-users',
    'projects',
    '--data',
    store(),
    '--period',
    'day',
    '--last',
    '2',
    '--json',
    '--timezone',
    'Asia/Kathmandu',
  );
  const answer = JSON.parse(stdout);
  expect(answer).toMatchObject({ environment: 'local', timeZone: 'Asia/Kathmandu', period: 'day' });
  expect(answer.periods).toHaveLength(2);
  expect(answer.periods[0].start).toMatch(/T18:15:00.000Z$/);
  expect(
    answer['active-users'].map(({ users }: { users: number }) => users).some((users: number) => users === 2),
  ).toBe(true);
  expect(Object.keys(answer)).not.toContain('retention');
});

test('CSV is one figure’s, and no cell of it is a formula', () => {
  const directory = store();
  const { stdout } = run('report', 'totals', '--data', directory, '--csv');
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    'environment,users,projects,built,deployed,reports',
    'local,2,2,1,0,2',
  ]);
  expect(run('report', '--data', directory, '--csv')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('--csv writes one figure; name it: morning, installs, active-users'),
  });
  const versions = run('report', 'versions', '--data', directory, '--csv', '--period', 'day').stdout;
  expect(versions).toContain('=cmd|calc');
  expect(versions).not.toMatch(/(^|,)=/m);
});

test('ids can be left out by name or from a file', () => {
  const directory = store();
  const file = join(directory, 'team');
  writeFileSync(file, '# the team\na # alice\n\nnobody\n');
  const { stdout } = run('report', 'totals', '--data', directory, '--exclude-file', file, '--exclude', 'c');
  expect(stdout).toContain('Left out: 2 excluded ids;');
  expect(stdout).toMatch(/^local +1 +1 +0 +0 +1$/m);
  expect(stdout).toMatch(/^ci +0 +0 +0 +0 +0$/m);
  expect(run('report', '--data', directory, '--exclude-file', '/nowhere')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("Can't read the ids to exclude"),
  });
});

test.each([
  [['--timezone', 'Mars/Olympus'], 'There is no time zone "Mars/Olympus"'],
  [['--last', '0'], 'Expected a whole number above 0'],
  [['--burst', 'many'], 'Expected a whole number above 0'],
  [['--period', 'year'], 'Allowed choices are day, week, month'],
  [['--json', '--csv'], 'cannot be used with option'],
  [['retention', '--all'], '--all is every figure: leave it out, or leave out retention.'],
  [['--timezone', '+05:07'], 'There is no time zone "+05:07"'],
])('%j is refused with the reason', (options, reason) => {
  const { status, stderr, stdout } = run('report', '--data', store(), ...options);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(reason);
  expect(stderr).not.toContain('    at ');
});

test('a directory without data is named, and nothing is made there', () => {
  const { status, stderr } = run('report', '--data', '/nowhere/at/all');
  expect(status).toBe(1);
  expect(stderr).toContain('There is no collector data in /nowhere/at/all');
});

test('demo-data fills an empty store, the same year for the same seed, and leaves real data alone', () => {
  const report = (directory: string) =>
    run('report', 'totals', '--data', directory).stdout.replace(/^Calculated.*/, '');
  const demo = (directory: string, seed: string) =>
    run('demo-data', '--data', directory, '--scale', '0.02', '--until', '2026-11-22', '--seed', seed);
  const [one, same, other] = [temporaryDirectory(), temporaryDirectory(), temporaryDirectory()];
  expect(demo(one, '1').stdout).toMatch(/^stored \d{4} invented events in /);
  demo(same, '1');
  demo(other, '2');
  expect(report(same)).toBe(report(one));
  expect(report(other)).not.toBe(report(one));
  const exported = (directory: string) => run('export', '--data', directory, '--format', 'jsonl').stdout;
  expect(exported(one).length).toBeGreaterThan(100_000);
  expect(exported(same) === exported(one)).toBe(true);
  expect(demo(store(), '1')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('has events already; invented ones could never be told from them'),
  });
});

test('rollup --rebuild reads everything again', () => {
  const directory = store();
  const before = run('report', 'totals', '--data', directory).stdout;
  expect(run('rollup', '--data', directory, '--rebuild').stdout).toBe(
    'the rollups hold all events up to number 3\n',
  );
  expect(run('report', 'totals', '--data', directory).stdout.split('\n').slice(1)).toEqual(
    before.split('\n').slice(1),
  );
});

test('--burst off leaves nobody out, and says so', () => {
  const directory = store();
  const { stdout, status } = run('report', 'totals', '--data', directory, '--burst', 'off');
  expect(status).toBe(0);
  expect(stdout).toContain('the burst rule is off');
  expect(stdout).toMatch(/^local +2 +2 +1 +0 +2$/m);
});

test('--now gives the figures of that time, also later', () => {
  const directory = store();
  const weekAgo = new Date(NOW - 7 * DAY).toISOString();
  const then = run('report', '--all', '--data', directory, '--now', weekAgo);
  expect(then.stdout).toContain(`Calculated ${weekAgo.slice(0, 16).replace('T', ' ')} UTC`);
  expect(then.stdout).toMatch(/^local +0 +0 +0 +0 +0$/m);
  expect(run('report', '--all', '--data', directory, '--now', weekAgo).stdout).toBe(then.stdout);
});

test('JSON names systems and ages', () => {
  const { stdout } = run('report', 'systems', 'active-users', '--data', store(), '--period', 'day', '--json');
  const answer = JSON.parse(stdout);
  expect(answer.systems.at(-1).users).toEqual({ Linux: 2, macOS: 0, Windows: 0, other: 0 });
  expect(Object.keys(answer['active-users'][0].byAge)).toEqual([
    '≤ 1 day',
    '≤ 7 days',
    '≤ 30 days',
    '> 30 days',
  ]);
});

test('--last beyond what a report has says so, and periods before the first report have no numbers', () => {
  const directory = store();
  const { stdout, stderr, status } = run(
    'report',
    'people',
    '--data',
    directory,
    '--period',
    'day',
    '--last',
    '500',
  );
  expect(status).toBe(0);
  expect(stderr).toBe('wasp-collector: --last 500 is more than a report has; this one is about 366 days.\n');
  expect(stdout).toMatch(
    /^The first report came at \d{4}-\d\d-\d\d \d\d:\d\d UTC; a day that had ended before has no/m,
  );
  expect(stdout.match(/^\d{4}-\d\d-\d\d /gm)).toHaveLength(1);
  const csv = run('report', 'people', '--data', directory, '--period', 'day', '--last', '3', '--csv').stdout;
  expect(csv.split('\n')[1]).toMatch(/^\d{4}-\d\d-\d\d,+$/);
});

test('a figure that doesn’t exist is refused with what may have been meant', () => {
  const { stdout, stderr, status } = run('report', 'retenion', '--data', store());
  expect([stdout, status]).toEqual(['', 1]);
  expect(stderr).toContain('There is no figure "retenion". Did you mean retention?');
});

test('every table has a CSV, each of one table', () => {
  const directory = store();
  const { stdout } = run('report', '--help');
  const names = /only these: ([a-z, \n-]+)/.exec(stdout)?.[1]?.split(/,\s*/) ?? [];
  expect(names.length).toBeGreaterThan(13);
  for (const name of ['morning', 'versions', 'uptake', 'effect', 'conversion']) {
    const { stdout, status } = run('report', name, '--data', directory, '--csv', '--period', 'day');
    expect(status).toBe(0);
    // Throws if a row has more or fewer cells than another.
    expect(parse(stdout).length).toBeGreaterThan(1);
  }
});

test('JSON is every figure without one being named', () => {
  const answer = JSON.parse(run('report', '--json', '--data', store()).stdout);
  expect(Object.keys(answer)).toEqual(
    expect.arrayContaining(['morning', 'people', 'conversion', 'effect', 'versions', 'totals', 'soFar']),
  );
  expect(answer.morning.sentence).toMatch(/^2 active yesterday; 2 new projects; too few days yet/);
  expect(answer.period).toBe('week');
});
