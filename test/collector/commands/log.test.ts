import { withoutRepetitions } from '../../../src/collector/commands/serve/log.ts';

test('a line that repeats is written once a minute, with how often it was left out', () => {
  let now = 0;
  const lines: string[] = [];
  const log = withoutRepetitions(
    (line) => lines.push(line),
    () => now,
  );
  for (let commit = 0; commit < 1000; commit += 1) log('the store failed: disk I/O error');
  log('another');
  now += 60_000;
  log('the store failed: disk I/O error');
  log('another');
  expect(lines).toEqual([
    'the store failed: disk I/O error',
    'another',
    'the store failed: disk I/O error (and 999 times more in between)',
    'another',
  ]);
});

test('lines that are all different are all written, and not remembered for ever', () => {
  const lines: string[] = [];
  const log = withoutRepetitions(
    (line) => lines.push(line),
    () => 0,
  );
  for (let number = 0; number < 1000; number += 1) log(`line ${number}`);
  expect(lines).toHaveLength(1000);
});
