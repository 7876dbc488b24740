import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A receiver on loopback that keeps request bodies until they are taken. */
export async function startReceiver() {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    response.end('{"status":1}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/capture`,
    take: () => bodies.splice(0),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
