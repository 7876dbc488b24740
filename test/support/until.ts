/**
 * Waits for a condition: what tests do here instead of sleeping.
 * @param what completes "gave up waiting until …"; a function, where what is seen by then belongs to it
 * @param deadline milliseconds; far more than is ever needed, because the machine may be busy
 * @returns what `condition` returned, once that is neither false, null nor undefined
 */
export async function until<T>(
  what: string | (() => string),
  condition: () => T | Promise<T>,
  deadline = 60_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const end = performance.now() + deadline;
  for (;;) {
    const value = await condition();
    if (value !== false && value !== undefined && value !== null) {
      return value as NonNullable<Exclude<T, false>>;
    }
    if (performance.now() > end)
      throw new Error(`gave up waiting until ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
