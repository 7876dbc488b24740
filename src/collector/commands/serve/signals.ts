/** What a service manager, a terminal or an operator can tell the server while it runs. */
export interface Signals {
  /**
   * Resolves at the first SIGTERM, SIGINT or SIGQUIT, after which the process should drain. A second one ends it at
   * once, with what was acknowledged already on the disk.
   */
  stop: Promise<void>;
  /** What SIGHUP does from now on; until then it does nothing. */
  onHangup(action: () => void): void;
}

/** From the call on, no signal but SIGKILL takes the process by surprise; to be called before anything is opened. */
export function heedSignals(): Signals {
  let hangUp = (): void => {};
  process.on('SIGHUP', () => hangUp());
  // Node would open a debugger at the one; the other would end the process.
  for (const unused of ['SIGUSR1', 'SIGUSR2'] as const) process.on(unused, () => {});
  const stop = new Promise<void>((resolve) => {
    let isSecond = false;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const) {
      process.on(signal, () => {
        if (isSecond) process.exit(1);
        isSecond = true;
        resolve();
      });
    }
  });
  return {
    stop,
    onHangup(action) {
      hangUp = action;
    },
  };
}
