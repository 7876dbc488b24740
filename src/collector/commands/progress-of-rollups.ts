import { progress } from './progress.ts';

/** A bar that appears only if there is much to do: usually the rollups are a few minutes behind. */
export function progressOfRollups(): { update(done: number, total: number): void; stop(): void } {
  const MUCH = 200_000;
  let bar: ReturnType<typeof progress> | undefined;
  return {
    update(done, total) {
      if (!bar && total - done > MUCH) bar = progress('reading events', total);
      bar?.update(done);
    },
    stop: () => bar?.stop(),
  };
}
