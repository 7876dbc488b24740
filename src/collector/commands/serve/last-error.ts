import { Gauge, type Registry } from 'prom-client';

/** What went wrong last, whether it still does or not. */
export interface LastError {
  /** One of few short words: the sentence stands in the journal. */
  reason: string;
  /** Milliseconds UTC. */
  at: number;
}

/** Registers `wasp_collector_NAME_last_error{reason="…"}`, a Unix time in seconds; there is no value before the first error. */
export function registerLastError(registry: Registry, name: string, last: () => LastError | undefined): void {
  new Gauge({
    name: `wasp_collector_${name}_last_error`,
    help: 'Unix time of the last error since the start, and what it was',
    labelNames: ['reason'],
    registers: [registry],
    collect() {
      this.reset();
      const error = last();
      if (error) this.set({ reason: error.reason }, error.at / 1000);
    },
  });
}
