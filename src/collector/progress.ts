import { Presets, SingleBar } from 'cli-progress';

/** A bar on stderr, or nothing at all where stderr is no terminal. */
export interface Progress {
  update(done: number): void;
  stop(): void;
}

/** `total` in the unit of `update`. */
export function progress(label: string, total: number): Progress {
  if (!process.stderr.isTTY || total <= 0) return { update() {}, stop() {} };
  const bar = new SingleBar(
    {
      format: `${label} {bar} {percentage}% · {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
