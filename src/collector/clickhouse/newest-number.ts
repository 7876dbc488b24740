import type { Store } from '../store/store.ts';

/** The highest number in a log, found by halving; 0 if it is empty. */
export function newestNumber(store: Pick<Store, 'eventsSince'>): number {
  const isAfter = (number: number) => store.eventsSince(number, 1).length > 0;
  let high = 1;
  while (isAfter(high - 1)) high *= 2;
  let low = high >> 1;
  while (low + 1 < high) {
    const middle = Math.floor((low + high) / 2);
    if (isAfter(middle - 1)) low = middle;
    else high = middle;
  }
  return isAfter(0) ? low : 0;
}
