/**
 * A load of reports over raw sockets, cheap enough to leave most of two cores to the server. Prints what it measured
 * as one line of JSON.
 *
 *     node load.ts PORT CONNECTIONS new|keep-alive WARM_UP_SECONDS SECONDS [SHARE_OF_NEWCOMERS] [uuid]
 */
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { reportBody } from '../../src/protocol/report.ts';
import { propertiesOf, USERS } from './users.ts';

const [port, connections, mode, warmUp, seconds, newcomersShare = '0.05', uuid] = process.argv.slice(2);
const keepAlive = mode === 'keep-alive';
const latencies: number[] = [];
let acknowledged = 0;
let failures = 0;

let newcomers = 0;
const FIRST_NEWCOMER = USERS + Math.floor(Math.random() * 1_000_000_000);
const requests = uuid ? [] : Array.from({ length: USERS }, (_, index) => request(index));
const begin = performance.now() + Number(warmUp) * 1000;
const end = begin + Number(seconds) * 1000;
await Promise.all(Array.from({ length: Number(connections) }, lane));

latencies.sort((a, b) => a - b);
const percentile = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
console.log(
  JSON.stringify({
    acknowledged,
    failures,
    perSecond: latencies.length / Number(seconds),
    p50: percentile(0.5),
    p99: percentile(0.99),
  }),
);

function request(index: number): string {
  const plain = reportBody('bench', propertiesOf(index));
  const body = uuid ? `{"uuid":"${randomUUID()}",${plain.slice(1)}` : plain;
  const connection = keepAlive ? 'keep-alive' : 'close';
  return `POST /capture HTTP/1.1\r\nhost: localhost\r\nconnection: ${connection}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** Some come from users whom the store doesn't know yet; each of those reports once. */
function nextRequest(): string {
  if (Math.random() < Number(newcomersShare)) {
    newcomers += 1;
    // Not those of an earlier round on the same store.
    return request(FIRST_NEWCOMER + newcomers);
  }
  const index = Math.floor(Math.random() * USERS);
  return requests[index] ?? request(index);
}

/** One report after the other, over the same connection or each over a new one, until the time is over. */
function lane(): Promise<void> {
  return new Promise((resolve) => {
    const buffer = Buffer.alloc(4096);
    let socket = open();
    let sent = 0;
    send();

    function open(): Socket {
      // `onread` leaves out the stream's buffers, which cost more than all the rest.
      return connect({ port: Number(port), host: '127.0.0.1', onread: { buffer, callback: onAnswer } })
        .on('error', () => {})
        .on('close', onClose);
    }

    /** The time of a new connection includes making it. */
    function send(): void {
      sent = performance.now();
      socket.write(nextRequest());
    }

    /** The answer always comes in one packet. */
    function onAnswer(bytes: number): boolean {
      const now = performance.now();
      if (buffer.subarray(0, bytes).includes('{"status":1}')) {
        acknowledged += 1;
        if (now > begin && now < end) latencies.push(now - sent);
      } else failures += 1;
      next();
      return true;
    }

    /** Without an answer. */
    function onClose(this: Socket): void {
      if (this !== socket) return;
      failures += 1;
      next();
    }

    function next(): void {
      const last = socket;
      const over = performance.now() > end;
      if (!keepAlive || over || last.destroyed) {
        if (!over) socket = open();
        last.off('close', onClose).destroy();
      }
      if (over) resolve();
      else send();
    }
  });
}
