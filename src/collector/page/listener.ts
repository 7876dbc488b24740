/**
 * The morning page's own server: apart from the one that receives, so that it can listen on another address, and
 * that who may send reports can't read them.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../errors.ts';
import { notesChanged } from '../notes.ts';
import { isLoopback, senderAddress } from '../sender-address.ts';
import { answers, type Calculate } from './answers.ts';
import { pageAssets } from './assets.ts';
import { keepFresh } from './keep-fresh.ts';
import { readQuestion } from './question.ts';
import { renderProblem } from './render-document.ts';
import { page, respond } from './respond.ts';
import { type Room, route } from './routes.ts';
import { sessions } from './session.ts';
import { shareLinks } from './share-links.ts';

export interface PageOptions {
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** What must be typed in to log in. */
  token: string;
  /** Where the shared links are kept. */
  dataDir: string;
  calculate: Calculate;
  /** SVG → PNG. */
  draw(svg: string): Promise<Uint8Array>;
  /** Milliseconds UTC of the latest report since the start, undefined before there is one. */
  received?: () => number | undefined;
  /** The usual calendar; a reader can choose another. */
  timeZone: string;
  /** True if browsers reach the page over HTTPS, through a proxy: then the cookie travels over nothing else. */
  secure: boolean;
  /** True if the last entry of X-Forwarded-For names the reader; a proxy on this machine is trusted if `secure`. */
  trustProxy?: boolean | undefined;
  /** Milliseconds UTC. */
  now?: () => number;
  /** Milliseconds that a reader waits for a new answer before the page says that it takes longer. */
  patience?: number;
  log(line: string): void;
}

export interface Page {
  address: AddressInfo;
  close(): Promise<void>;
}

/** Milliseconds for a request to arrive as a whole. */
const SLOWEST = 10_000;

/**
 * Starts listening and calculates the usual page, so that the first reader needn't wait. Rejects if it can't listen, or
 * if there is no such time zone.
 */
export async function startPage(options: PageOptions): Promise<Page> {
  const { host, port, now = Date.now, log } = options;
  const room = await roomOf(options);
  const usual = () => readQuestion(new URLSearchParams(), room.timeZone, now());
  usual();
  const server = createServer({ requestTimeout: SLOWEST, headersTimeout: SLOWEST }, (request, response) => {
    route(room, request)
      .catch((error) => {
        log(`the page failed: ${messageOf(error)}`);
        return page(500, renderProblem('Something went wrong; the log says what.'));
      })
      .then((reply) => respond(request, response, reply))
      .catch((error) => {
        log(`the page failed: ${messageOf(error)}`);
        response.destroy();
      });
  });
  server.listen(port, host);
  await once(server, 'listening');
  const freshness = keepFresh(room.answers, usual, room, log);
  return {
    address: server.address() as AddressInfo,
    close() {
      freshness.stop();
      return closed(server);
    },
  };
}

async function roomOf(options: PageOptions): Promise<Room> {
  const { token, dataDir, calculate, draw, secure, trustProxy = false, timeZone, patience } = options;
  const { now = Date.now, received = () => undefined } = options;
  const noted = () => notesChanged(dataDir);
  return {
    answers: answers(calculate, { now, received, noted, ...(patience !== undefined && { patience }) }),
    sessions: sessions(token, { secure, now }),
    shares: shareLinks(dataDir, now),
    assets: await pageAssets(),
    addressOf: (request) => senderAddress(request, trustProxy || (secure && isFromLoopback(request))),
    ...{ timeZone, secure, now, received, noted, draw },
  };
}

function isFromLoopback({ socket }: IncomingMessage): boolean {
  return isLoopback(socket.remoteAddress ?? '');
}

async function closed(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, 'close');
}
