import { messageOf } from '../../errors.ts';
import { DAY_MS } from '../../quarter-hours.ts';
import { runSelf } from '../../run-self.ts';

/** In milliseconds. */
const TEN_MINUTES = 10 * 60_000;
const SIX_HOURS = 6 * 3600_000;

/**
 * Keeps the rollups up to date, so that the morning's first report has nothing to catch up with, and every six hours
 * drops old raw events that they contain. In a process of its own: reading and removing events would hold up receiving them.
 * @param keepRaw milliseconds after which raw events are dropped; undefined: never
 * @param shippedUpTo of what is shipped elsewhere, only events up to this number are dropped
 */
export function keepRollups(
  dataDir: string,
  keepRaw: number | undefined,
  shippedUpTo: (() => number) | undefined,
  log: (line: string) => void,
): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let lastRetention = Number.NEGATIVE_INFINITY;
  const stop = new AbortController();

  async function pass(): Promise<void> {
    const isDue = keepRaw !== undefined && performance.now() - lastRetention >= SIX_HOURS;
    const retention = isDue
      ? ['--keep-raw', `${keepRaw / DAY_MS}d`, ...(shippedUpTo ? ['--up-to', String(shippedUpTo())] : [])]
      : [];
    try {
      const told = String(
        await runSelf(['rollup', '--data', dataDir, ...retention], { signal: stop.signal }),
      );
      if (isDue) lastRetention = performance.now();
      for (const line of told.split('\n').filter(isWorthTelling)) log(line);
    } catch (error) {
      if (!stop.signal.aborted) log(`the rollups wait for their next pass: ${messageOf(error)}`);
    }
    if (!stop.signal.aborted) timer = setTimeout(pass, TEN_MINUTES);
  }

  void pass();
  return {
    stop() {
      // Interrupted at any point, it goes on there the next time.
      stop.abort();
      clearTimeout(timer);
    },
  };
}

function isWorthTelling(line: string): boolean {
  return /^retention (waits|dropped [1-9])/.test(line);
}
