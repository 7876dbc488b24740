import { published } from '../../../src/collector/public/published.ts';
import { type Interval, narrowed } from './support/bounds.ts';

/** How many values stay possible for each hidden cell of a week, by the sums of two tables: the fewest. */
function fewestValues(systems: readonly number[], versions: readonly number[], total: unknown): number {
  const cells = new Map<string, Interval>([['total', known(total)]]);
  const sums = Object.entries({ systems, versions }).map(([table, counts]) => {
    const parts = counts.map((count, index) => {
      cells.set(`${table} ${index}`, known(published(count)));
      return `${table} ${index}`;
    });
    return { total: 'total', parts };
  });
  const after = narrowed(cells, sums);
  const hidden = [...cells].filter(([, { low }]) => low === 0).map(([name]) => after.get(name) as Interval);
  return Math.min(...hidden.map(({ low, high }) => high - low + 1));
}

function known(cell: unknown): Interval {
  return cell === '< 10' ? { low: 0, high: 9 } : { low: Number(cell), high: Number(cell) + 9 };
}

// The edges of the rule, where most follows from a sum.
const EDGES = [0, 1, 8, 9, 10, 19];

test('with four systems and five versions, at least six values stay possible for every hidden number', () => {
  let fewest = Number.POSITIVE_INFINITY;
  for (let number = 0; number < EDGES.length ** 4; number += 1) {
    const systems = [0, 1, 2, 3].map(
      (place) => EDGES[Math.floor(number / EDGES.length ** place) % 6] as number,
    );
    const total = systems.reduce((sum, count) => sum + count, 0);
    const share = Math.floor(total / 5);
    for (const versions of [
      [share, share, share, share, total - 4 * share],
      [0, 0, Math.min(9, total), 0, total - Math.min(9, total)],
    ]) {
      fewest = Math.min(fewest, fewestValues(systems, versions, published(total)));
    }
  }
  expect(fewest).toBeGreaterThanOrEqual(6);
});

test('ten parts could be calculated, which the check sees', () => {
  const nines = Array.from({ length: 10 }, () => 9);
  expect(fewestValues(nines, [90], published(90))).toBe(1);
});
