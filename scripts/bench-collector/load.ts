/**
 * A load of reports over raw sockets, cheap enough to leave most of two cores to the server. Prints what it measured
 * as one line of JSON.
 *
 *     node load.ts PORT CONNECTIONS new|keep-alive SECONDS
 */
import { connect, type Socket } from 'node:net';
import { reportBody } from '../../src/protocol/report.ts';
import { PEOPLE, propertiesOf } from './people.ts';

const [port, connections, mode, seconds] = process.argv.slice(2);
const keepAlive = mode === 'keep-alive';
const latencies: number[] = [];
let failures = 0;

let newcomers = 0;
const requests = Array.from({ length: PEOPLE }, (_, index) => request(index));
const start = performance.now();
const end = start + Number(seconds) * 1000;
await Promise.all(
  Array.from({ length: Number(connections) }, (_, lane) =>
    keepAlive ? oneConnection(lane) : manyConnections(lane),
  ),
);
const elapsed = (performance.now() - start) / 1000;

latencies.sort((a, b) => a - b);
const percentile = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
console.log(
  JSON.stringify({
    acknowledged: latencies.length,
    failures,
    perSecond: latencies.length / elapsed,
    p50: percentile(0.5),
    p99: percentile(0.99),
  }),
);

function request(index: number): string {
  const body = reportBody('bench', propertiesOf(index));
  const connection = keepAlive ? 'keep-alive' : 'close';
  return `POST /capture HTTP/1.1\r\nhost: localhost\r\nconnection: ${connection}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** One in twenty comes from a person whom the store doesn't know yet; each of those reports once. */
function nextRequest(): string {
  if (Math.random() < 0.05) {
    newcomers += 1;
    return request(PEOPLE + newcomers);
  }
  return requests[Math.floor(Math.random() * PEOPLE)] as string;
}

async function oneConnection(lane: number): Promise<void> {
  const socket = open(lane);
  while (performance.now() < end) await exchange(socket);
  socket.destroy();
}

async function manyConnections(lane: number): Promise<void> {
  while (performance.now() < end) {
    const socket = open(lane);
    await exchange(socket);
    socket.destroy();
  }
}

/** Each lane has a loopback address of its own, so that ports of closed connections don't run out. */
function open(lane: number): Socket {
  const socket = connect({
    port: Number(port),
    host: '127.0.0.1',
    localAddress: `127.0.1.${(lane % 250) + 1}`,
    noDelay: true,
  });
  socket.on('error', () => {});
  return socket;
}

/** Sends a report and waits for the answer, which always comes in one packet. */
function exchange(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const sent = performance.now();
    const settle = (acknowledged: boolean) => {
      socket.off('data', onData).off('close', onClose);
      if (acknowledged) latencies.push(performance.now() - sent);
      else failures += 1;
      resolve();
    };
    const onData = (chunk: Buffer) => settle(chunk.includes('{"status":1}'));
    const onClose = () => settle(false);
    socket.on('data', onData).on('close', onClose);
    socket.write(nextRequest());
  });
}
