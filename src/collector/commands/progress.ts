/** A bar on stderr, or nothing at all where stderr is no terminal. */
export interface Progress {
  update(done: number): void;
  stop(): void;
}

const CELLS = 30;
/** A terminal is written to at most this often, in milliseconds. */
const EVERY = 100;

/** @param total in the unit of `update` */
export function progress(label: string, total: number): Progress {
  if (!process.stderr.isTTY || total <= 0) return { update() {}, stop() {} };
  const start = performance.now();
  let drawn = Number.NEGATIVE_INFINITY;
  let latest = 0;
  const draw = () => {
    drawn = performance.now();
    process.stderr.write(`\r\x1b[K${label} ${progressLine(latest / total, drawn - start)}`);
  };
  draw();
  return {
    update(done) {
      latest = done;
      if (performance.now() - drawn >= EVERY) draw();
    },
    stop() {
      draw();
      process.stderr.write('\n');
    },
  };
}

/**
 * `███████░░░░ 64% · 12s left`.
 * @param share of the work that is done, 0 to 1
 * @param elapsed in milliseconds
 */
export function progressLine(share: number, elapsed: number): string {
  const done = Math.min(1, Math.max(0, share));
  const full = Math.round(done * CELLS);
  const left = done > 0 ? ` · ${Math.round((elapsed * (1 - done)) / done / 1000)}s left` : '';
  return `${'█'.repeat(full)}${'░'.repeat(CELLS - full)} ${Math.floor(done * 100)}%${left}`;
}
