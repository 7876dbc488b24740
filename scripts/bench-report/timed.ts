import { median } from '../median.ts';

const ROUNDS = 5;

/** How long something takes once, `1.23 s`. */
export function timed(action: () => void): string {
  const start = performance.now();
  action();
  return `${((performance.now() - start) / 1000).toFixed(2)} s`;
}

/** The median of five times, `1.234 s`. */
export async function medianOf(action: () => unknown): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await action();
    times.push(performance.now() - start);
  }
  return `${(median(times) / 1000).toFixed(3)} s`;
}
