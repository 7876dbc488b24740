import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cli } from '../../collector/support/cli.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

test('notes are kept by day, listed in order, and removed', async () => {
  const data = temporaryDirectory();
  const note = (...args: string[]) => cli(['note', '--data', data, ...args]);
  expect(await note()).toEqual({ code: 0, stdout: '', stderr: '' });
  expect((await note('2026-11-07', 'Launch  week')).code).toBe(0);
  expect((await note('2026-10-01', 'Talk')).code).toBe(0);
  expect((await note('2026-11-07', 'Launch week')).code).toBe(0);
  expect((await note('2026-11-07', 'Outage')).code).toBe(0);
  expect((await note()).stdout).toBe('2026-10-01  Talk\n2026-11-07  Launch week\n2026-11-07  Outage\n');
  expect((await note('2026-11-07', 'Outage', '--remove')).code).toBe(0);
  expect((await note('2026-10-01', '--remove')).code).toBe(0);
  expect((await note()).stdout).toBe('2026-11-07  Launch week\n');
});

test.each([
  [['2026-02-30', 'x'], 'Expected a day of the calendar'],
  [['07.11.2026', 'x'], 'Expected a day of the calendar'],
  [['2026-11-07'], 'Say what happened that day'],
  [['2026-11-07', ' '], 'Say what happened that day'],
  [['2026-11-07', 'x'.repeat(81)], 'at most 80 characters'],
  [['2026-11-07', 'a\u001b[31mb'], 'at most 80 characters'],
  [['2026-11-07', '--remove'], 'There is no such note on 2026-11-07.'],
])('%j is refused with a sentence', async (args, sentence) => {
  const { code, stderr } = await cli(['note', '--data', temporaryDirectory(), ...args]);
  expect(code).toBe(1);
  expect(stderr).toContain(sentence);
});

test('eight at once are all kept', async () => {
  const data = temporaryDirectory();
  const days = Array.from({ length: 8 }, (_, n) => `2026-11-0${n + 1}`);
  await Promise.all(days.map((day) => cli(['note', '--data', data, day, 'x'])));
  expect((await cli(['note', '--data', data])).stdout).toBe(days.map((day) => `${day}  x\n`).join(''));
});

test('notes come back with a backup, whichever command is the first', async () => {
  const [data, restored] = [temporaryDirectory(), temporaryDirectory()];
  openStore(data).close();
  await cli(['note', '--data', data, '2026-11-07', 'Launch week']);
  expect((await cli(['backup', '--data', data, join(restored, 'collector.db')])).code).toBe(0);
  expect((await cli(['note', '--data', restored, '2026-11-08', 'After'])).code).toBe(0);
  expect((await cli(['note', '--data', restored])).stdout).toBe(
    '2026-11-07  Launch week\n2026-11-08  After\n',
  );
});

test('a file of notes that can’t be understood is said, and left as it is', async () => {
  const data = temporaryDirectory();
  const file = join(data, 'notes.json');
  writeFileSync(file, '[{"date": 1}]');
  const { code, stderr } = await cli(['note', '--data', data, '2026-11-07', 'x']);
  expect([code, stderr]).toEqual([1, expect.stringContaining(`${file} is no list of notes.`)]);
  expect(readFileSync(file, 'utf8')).toBe('[{"date": 1}]');
});
