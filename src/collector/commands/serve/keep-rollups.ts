import { messageOf } from '../../errors.ts';
import { runSelf } from '../../run-self.ts';

const TEN_MINUTES = 10 * 60_000;

/**
 * Keeps the rollups up to date, so that retention may drop what they contain and the morning's first report has
 * nothing to catch up with. In a process of its own: reading events would hold up receiving them.
 */
export function keepRollups(dataDir: string, log: (line: string) => void): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const stop = new AbortController();

  async function pass(): Promise<void> {
    try {
      await runSelf(['rollup', '--data', dataDir], { signal: stop.signal });
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
