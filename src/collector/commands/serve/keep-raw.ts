import { messageOf } from '../../errors.ts';
import type { Store } from '../../store/store.ts';

const SIX_HOURS = 6 * 3600_000;
/** Milliseconds between chunks, for requests. */
const PAUSE = 5;

/** Applies retention now and every six hours, a chunk at a time. `age` in milliseconds. */
export function keepRaw(
  store: Pick<Store, 'dropRawBefore'>,
  age: number,
  log: (line: string) => void,
): { stop(): void } {
  let timer: NodeJS.Timeout;

  function pass(): void {
    const chunks = store.dropRawBefore(Date.now() - age);
    let dropped = 0;
    const step = (): void => {
      const next = attempt(() => chunks.next());
      if (next && !next.done) {
        dropped += next.value;
        timer = setTimeout(step, PAUSE);
      } else {
        if (dropped > 0) log(`retention dropped ${dropped} raw events`);
        timer = setTimeout(pass, SIX_HOURS);
      }
    };
    step();
  }

  /** A locked store or a full disk ends this pass; the next one goes on. */
  function attempt<T>(action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      log(`retention stopped until its next pass: ${messageOf(error)}`);
      return undefined;
    }
  }

  pass();
  return { stop: () => clearTimeout(timer) };
}
