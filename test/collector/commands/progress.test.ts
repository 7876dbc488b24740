import { progressLine } from '../../../src/collector/commands/progress.ts';

test('a bar says how much is done and how long the rest takes at this pace', () => {
  expect(progressLine(0.25, 10_000)).toBe(`${'█'.repeat(8)}${'░'.repeat(22)} 25% · 30s left`);
});

test('before anything is done no time is promised', () => {
  expect(progressLine(0, 5000)).toBe(`${'░'.repeat(30)} 0%`);
});

test('more than the total is the total', () => {
  expect(progressLine(1.2, 1000)).toBe(`${'█'.repeat(30)} 100% · 0s left`);
});
