/** How long something takes once, `1.23 s`. */
export function timed(action: () => void): string {
  const start = performance.now();
  action();
  return `${((performance.now() - start) / 1000).toFixed(2)} s`;
}
