/**
 * Resolves at the first SIGTERM or SIGINT, after which the process should drain. A second one ends it at once, with
 * what was acknowledged already on the disk.
 */
export function signalled({ onHangup }: { onHangup(): void }): Promise<void> {
  process.on('SIGHUP', onHangup);
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}
