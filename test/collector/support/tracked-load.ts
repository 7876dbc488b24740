/** Reports that can be told apart, so that what was acknowledged can be compared with what is stored, one by one. */
import { connect } from 'node:net';
import { report } from './reports.ts';

/** How the distinct_ids of all tracked reports begin. */
export const TRACKED = '7ac4ed00-0000-4000-8000-';

export class TrackedLoad {
  /** The distinct_ids of all requests that were begun. */
  readonly sent = new Set<string>();
  /** Those that were answered 200. */
  readonly acknowledged = new Set<string>();
  /** How many answers had another status. */
  readonly otherAnswers = new Map<number, number>();
  #next = 0;

  /** Sends one after another on `lanes` lanes, a new connection each, until `stop` says so or nobody answers. */
  async run(port: number, lanes: number, stop: () => boolean): Promise<void> {
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        while (!stop()) if ((await this.send(port)) === undefined) return;
      }),
    );
  }

  /** Waits until so many are acknowledged, and looks often: what follows depends on the instant. Throws after a minute. */
  async reached(count: number): Promise<void> {
    const end = performance.now() + 60_000;
    while (this.acknowledged.size < count) {
      if (performance.now() > end) throw new Error(`gave up waiting for ${count} acknowledged reports`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** The status of the answer; undefined if the connection broke before it. */
  async send(port: number): Promise<number | undefined> {
    const id = `${TRACKED}${String(this.#next).padStart(12, '0')}`;
    this.#next += 1;
    this.sent.add(id);
    const status = await post(port, report({ distinct_id: id }));
    if (status === 200) this.acknowledged.add(id);
    else if (status !== undefined) this.otherAnswers.set(status, (this.otherAnswers.get(status) ?? 0) + 1);
    return status;
  }

  /** Fails unless everything acknowledged is stored, exactly once, and nothing is stored that was not sent. */
  expectStored(distinctIds: readonly string[]): void {
    const stored = new Set(distinctIds);
    expect(distinctIds.length).toBe(stored.size);
    expect([...this.acknowledged].filter((id) => !stored.has(id))).toEqual([]);
    expect(distinctIds.filter((id) => !this.sent.has(id))).toEqual([]);
  }
}

/** Posts over a connection of its own; undefined if it breaks before the status line. */
function post(port: number, body: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(Number(/^HTTP\/1.1 (\d{3})/.exec(answer)?.[1]) || undefined));
    socket.write(
      `POST /capture HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
  });
}
