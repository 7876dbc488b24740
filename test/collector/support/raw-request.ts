import { connect } from 'node:net';

/**
 * The status of the answer to these bytes, which may be nothing that a client library would send; `closed` if the
 * connection ends without one.
 */
export function rawRequest(port: number, bytes: string | Buffer): Promise<number | 'closed'> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
    });
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes('\r\n')) socket.destroy();
    });
    socket.on('close', () => resolve(Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1]) || 'closed'));
  });
}
