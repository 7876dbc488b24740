/**
 * The morning page's own server: apart from the one that receives, so that it can listen on another address, and
 * that whoever may send reports can't read them.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../errors.ts';
import { tableCsv } from '../report/csv.ts';
import { tables } from '../report/report.ts';
import { answers, type Calculate } from './answers.ts';
import { type Assets, pageAssets } from './assets.ts';
import type { Html } from './html.ts';
import { type Question, readQuestion } from './question.ts';
import { renderLogin, renderProblem } from './render-document.ts';
import { renderPage } from './render-page.ts';
import { type Sessions, sessions } from './session.ts';

export interface PageOptions {
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** What must be typed in to log in. */
  token: string;
  calculate: Calculate;
  /** The usual calendar; a reader can choose another. */
  timeZone: string;
  /** True if browsers reach the page over HTTPS, through a proxy: then the cookie travels over nothing else. */
  secure: boolean;
  /** Milliseconds UTC. */
  now?: () => number;
  log(line: string): void;
}

export interface Page {
  address: AddressInfo;
  close(): Promise<void>;
}

/** Bytes of a login form. */
const LONGEST_FORM = 4096;
/** Milliseconds for a request to arrive as a whole. */
const SLOWEST = 10_000;

/** Starts listening and calculates the usual page, so that the first reader needn't wait. Rejects if it can't listen. */
export async function startPage(options: PageOptions): Promise<Page> {
  const { host, port, token, calculate, secure, timeZone, now = Date.now, log } = options;
  const room: Room = {
    answers: answers(calculate, now),
    sessions: sessions(token, { secure, now }),
    assets: await pageAssets(),
    timeZone,
  };
  const server = createServer({ requestTimeout: SLOWEST, headersTimeout: SLOWEST }, (request, response) => {
    answer(room, request, response).catch((error) => {
      log(`the page failed: ${messageOf(error)}`);
      if (!response.headersSent)
        sendPage(response, 500, renderProblem('Something went wrong; the log says what.'));
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  const usual = readQuestion(new URLSearchParams(), timeZone);
  room.answers.get(usual).catch((error) => log(`the page has no figures: ${messageOf(error)}`));
  return { address: server.address() as AddressInfo, close: () => closed(server) };
}

interface Room {
  answers: ReturnType<typeof answers>;
  sessions: Sessions;
  assets: Assets;
  timeZone: string;
}

async function answer(room: Room, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://page.invalid');
  const asset = room.assets[url.pathname];
  if (request.method === 'GET' && asset) return send(response, 200, asset.type, asset.content, PUBLIC);
  if (request.method === 'POST' && url.pathname === '/login') return logIn(room, request, response);
  if (request.method === 'GET' && url.pathname === '/login') return sendPage(response, 200, renderLogin());
  if (!room.sessions.isOpen(request.headers.cookie)) return redirect(response, '/login');
  if (request.method === 'POST' && url.pathname === '/logout') {
    return redirect(response, '/login', { 'Set-Cookie': room.sessions.close() });
  }
  if (request.method !== 'GET') return send(response, 405, TEXT, 'Method not allowed\n', { Allow: 'GET' });
  const figure = /^\/csv\/([a-z-]+)\.csv$/.exec(url.pathname)?.[1];
  const question = readQuestion(url.searchParams, room.timeZone);
  if (url.pathname === '/') return sendFigures(room, response, question);
  if (figure) return sendCsv(room, response, question, figure);
  send(response, 404, TEXT, 'Not found\n');
}

async function logIn({ sessions }: Room, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = await readForm(request);
  if (!form) return sendPage(response, 413, renderLogin('That is no token.'));
  const cookie = sessions.open(form.get('token')?.trim() ?? '');
  if (cookie === 'wait') {
    response.setHeader('Retry-After', '60');
    return sendPage(response, 429, renderLogin('Too many wrong tokens. Wait a minute.'));
  }
  if (!cookie) return sendPage(response, 401, renderLogin('That is not the token.'));
  redirect(response, '/', { 'Set-Cookie': cookie });
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > LONGEST_FORM) return undefined;
  }
  return new URLSearchParams(text);
}

async function sendFigures({ answers }: Room, response: ServerResponse, question: Question): Promise<void> {
  try {
    sendPage(response, 200, renderPage(await answers.get(question), question));
  } catch (error) {
    sendPage(response, 503, renderProblem(messageOf(error)));
  }
}

async function sendCsv(
  { answers }: Room,
  response: ServerResponse,
  question: Question,
  figure: string,
): Promise<void> {
  const table = tables(await answers.get(question)).find(({ id }) => id === figure);
  if (!table) return send(response, 404, TEXT, 'Not found\n');
  const name = `${figure}-per-${question.unit}.csv`;
  send(response, 200, 'text/csv; charset=utf-8', tableCsv(table), {
    'Content-Disposition': `attachment; filename="${name}"`,
  });
}

const TEXT = 'text/plain; charset=utf-8';
/** Assets tell nothing about anybody, and change with the executable. */
const PUBLIC = { 'Cache-Control': 'public, max-age=300' };
const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; " +
    "base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

function sendPage(response: ServerResponse, status: number, { markup }: Html): void {
  send(response, status, 'text/html; charset=utf-8', markup);
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  content: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': type, ...headers }).end(content);
}

/** See Other: the browser asks with GET, and going back doesn't send a form again. */
function redirect(response: ServerResponse, location: string, headers: Record<string, string> = {}): void {
  response.writeHead(303, { ...HEADERS, Location: location, ...headers }).end();
}

async function closed(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, 'close');
}
