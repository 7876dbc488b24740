/** Sends until it has arrived, for a few minutes. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Why a message did not arrive. The text never holds an address: it is a secret. */
export class DeliveryError extends Error {
  override name = 'DeliveryError';
  /** Trying again may help, as when a server is overloaded. */
  readonly mayPass: boolean;
  /** In milliseconds, if the server has said so. */
  readonly waitAtLeast: number;
  constructor(message: string, mayPass: boolean, waitAtLeast = 0) {
    super(message);
    this.mayPass = mayPass;
    this.waitAtLeast = waitAtLeast;
  }
}

/** It has arrived, but not everywhere; who sends it again sends it twice to the others. */
export class PartlyDelivered extends DeliveryError {
  override name = 'PartlyDelivered';
  constructor(message: string) {
    super(message, false);
  }
}

const FIRST_WAIT = 1000;

/** @param patience milliseconds after which it gives up @throws DeliveryError of the last attempt */
export async function deliver(send: () => Promise<void>, patience: number): Promise<void> {
  const end = performance.now() + patience;
  for (let wait = FIRST_WAIT; ; wait *= 2) {
    try {
      await send();
      return;
    } catch (error) {
      const { mayPass, waitAtLeast } = error as DeliveryError;
      const pause = Math.max(wait, waitAtLeast ?? 0);
      if (!mayPass || performance.now() + pause > end) throw error;
      await sleep(pause);
    }
  }
}
