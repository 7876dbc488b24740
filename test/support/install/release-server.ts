import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { path as pathOf } from '../../../scripts/paths.ts';
import { testRelease } from '../../../scripts/test-release.ts';

const SCRIPT = pathOf('scripts/install.sh');

/** Answers a request itself and returns true, or leaves it to the files of the release. */
export type Misbehaviour = (path: string, response: ServerResponse) => boolean;

/** Serves the test release on loopback, or misbehaves. Also as a proxy: then the request's target is a whole URL. */
export interface ReleaseServer extends AsyncDisposable {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly asked: readonly string[];
}

/**
 * @param root the folder of the release
 * @param certificate to speak HTTPS with
 */
export async function startReleaseServer(
  misbehave: Misbehaviour = () => false,
  { root = testRelease, certificate }: { root?: string; certificate?: { key: string; cert: string } } = {},
): Promise<ReleaseServer> {
  const asked: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://any').pathname;
    asked.push(path);
    if (misbehave(path, response)) return;
    const file = path.endsWith('/install.sh') ? SCRIPT : join(root, path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-length': statSync(file).size });
    createReadStream(file).pipe(response);
  };
  const server = certificate ? createTlsServer(certificate, answer) : createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
