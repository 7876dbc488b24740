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

/** A request takes no longer, in milliseconds. */
const REQUEST_TIMEOUT = 30_000;

/** POST, which has arrived when the answer is 2xx. @throws DeliveryError */
export async function post(
  url: string,
  init: { headers?: Record<string, string>; body: string | FormData },
): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: 'POST',
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
    });
  } catch (error) {
    throw new DeliveryError(reason(error), true);
  }
  const text = (await answer.text().catch(() => '')).slice(0, 200);
  if (answer.ok) return;
  const mayPass = answer.status === 429 || answer.status >= 500;
  const wait = Number(answer.headers.get('retry-after') ?? 0) * 1000;
  throw new DeliveryError(
    `answered ${answer.status} ${text.replaceAll(/\s+/g, ' ')}`.trim(),
    mayPass,
    Number.isFinite(wait) ? wait : 0,
  );
}

/** Node's code of a failed connection; its message has the address. */
function reason(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: string }; name: string };
  if (name === 'TimeoutError') return 'did not answer in 30 s';
  return `can't be reached${cause?.code ? ` (${cause.code})` : ''}`;
}
