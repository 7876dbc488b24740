import { runSelf } from '../../run-self.ts';
import { DAMAGED } from '../check.ts';

/** Milliseconds: the rollups and the page's first figures come first. */
const DELAY = 2000;

/** A look at every page of the store, once, in a process of its own: receiving doesn't wait for it. */
export function checkFiles(
  dataDir: string,
  log: (line: string) => void,
): { damage(): string | undefined; stop(): void } {
  const stop = new AbortController();
  let damage: string | undefined;

  async function look(): Promise<void> {
    try {
      await runSelf(['check', '--quick', '--data', dataDir], { signal: stop.signal });
    } catch (error) {
      const { code, stderr = '', message } = error as Error & { code?: unknown; stderr?: string };
      if (stop.signal.aborted) return;
      const said = stderr.trim().replaceAll('wasp-collector: ', '') || message;
      if (code === DAMAGED) damage = said;
      log(
        code === DAMAGED
          ? `WARNING: the store is damaged: ${said}`
          : `the store could not be checked: ${said}`,
      );
    }
  }

  const timer = setTimeout(look, DELAY);
  return {
    damage: () => damage,
    stop() {
      clearTimeout(timer);
      stop.abort();
    },
  };
}
