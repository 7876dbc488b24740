import { connect } from 'node:net';
import { random } from './random.ts';
import { fuzzedRequest } from './requests.ts';

/** How often each status was answered; 0 where the connection was closed without an answer. */
export type Statuses = Map<number, number>;

/** Requests that wait for an answer at a time. */
const LANES = 16;
/** Milliseconds after which the client gives up: long enough for an answer to what is complete. */
const PATIENCE = 300;
/** Milliseconds after which a request counts as hanging: the server's own limit is 10 s. */
const HANGING = 15_000;

/**
 * Sends `count` requests made from `seed` and tells how they were answered. Rejects if the listener is gone or lets a
 * request hang. `onProgress` hears after each how many have been answered.
 */
export async function fuzz(
  port: number,
  seed: number,
  count: number,
  onProgress: (answered: number) => void = () => {},
): Promise<Statuses> {
  const source = random(seed);
  const statuses: Statuses = new Map();
  let begun = 0;
  let answered = 0;
  async function lane(): Promise<void> {
    while (begun < count) {
      const number = begun;
      begun += 1;
      const request = fuzzedRequest(source);
      const status = await exchange(port, request).catch((error: Error) => {
        throw new Error(`Request ${number} of seed ${seed}: ${error.message}\n${request.toString('latin1')}`);
      });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      answered += 1;
      onProgress(answered);
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane));
  return statuses;
}

/** Sends the bytes. A request that promised more than it holds is given up when no answer has come for a while. */
function exchange(port: number, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let answer = '';
    let connected = false;
    const socket = connect(port, '127.0.0.1', () => {
      connected = true;
      socket.write(request);
    });
    const giveUp = setTimeout(() => socket.end(), PATIENCE);
    const hanging = setTimeout(() => {
      reject(new Error('no answer and no end'));
      socket.destroy();
    }, HANGING);
    socket.setEncoding('latin1').on('data', (text) => {
      if (answer.length < 1000) answer += text;
    });
    // A reset is an answer too, to a request that is refused before it was sent as a whole.
    socket.on('error', (error) => {
      if (!connected) reject(error);
    });
    // Of several statuses the last: 100 Continue comes before the answer.
    socket.on('close', () => {
      clearTimeout(giveUp);
      clearTimeout(hanging);
      resolve(Number([...answer.matchAll(/^HTTP\/1.1 (\d{3})/gm)].at(-1)?.[1] ?? 0));
    });
  });
}
