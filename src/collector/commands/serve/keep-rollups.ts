import { messageOf } from '../../errors.ts';
import { runSelf } from '../../run-self.ts';

const TEN_MINUTES = 10 * 60_000;
/** Milliseconds: enough to read a hundred million events again. */
const PATIENCE = 3_600_000;

/**
 * Keeps the rollups up to date, so that retention may drop what they contain and the morning's first report has
 * nothing to catch up with. In a process of its own: reading events would hold up receiving them.
 */
export function keepRollups(dataDir: string, log: (line: string) => void): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function pass(): Promise<void> {
    await runSelf(['rollup', '--data', dataDir], PATIENCE).catch((error) =>
      log(`the rollups wait for their next pass: ${messageOf(error)}`),
    );
    if (!stopped) timer = setTimeout(pass, TEN_MINUTES);
  }

  void pass();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
