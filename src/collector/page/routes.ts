/** Which path shows what, and to whom. */
import type { IncomingMessage } from 'node:http';
import { messageOf } from '../errors.ts';
import type { Answers } from './answers.ts';
import type { Assets } from './assets.ts';
import { download, downloadAt } from './downloads.ts';
import { askToLogIn, logIn, showLogin } from './log-in.ts';
import { type Question, readQuestion, WrongInputError } from './question.ts';
import { renderProblem, renderWorking } from './render-document.ts';
import { renderPage } from './render-page.ts';
import { rendered } from './rendered.ts';
import { page, type Reply, redirect, text } from './respond.ts';
import type { Sessions } from './session.ts';
import { manageShares, sharedPath } from './share.ts';
import type { ShareLinks } from './share-links.ts';

/** What the page's answers are made with. */
export interface Room {
  answers: Answers;
  sessions: Sessions;
  shares: ShareLinks;
  assets: Assets;
  /** The usual calendar. */
  timeZone: string;
  /** True if browsers reach the page over HTTPS. */
  secure: boolean;
  /** Whom wrong tokens are counted by. */
  addressOf(request: IncomingMessage): string;
  /** Milliseconds UTC. */
  now(): number;
  /** Milliseconds UTC of the latest report since the start. */
  received(): number | undefined;
  /** Milliseconds UTC of the latest change of the notes. */
  noted(): number | undefined;
  /** SVG → PNG. */
  draw(svg: string): Promise<Uint8Array>;
}

/** Assets tell nothing about any user, and change with the executable. */
const PUBLIC = { 'Cache-Control': 'public, max-age=300' };

export async function route(room: Room, request: IncomingMessage): Promise<Reply> {
  const url = urlOf(request);
  if (!url) return text(400, 'That is no address.');
  const asset = Object.hasOwn(room.assets, url.pathname) ? room.assets[url.pathname] : undefined;
  if (isReading(request) && asset)
    return { status: 200, type: asset.type, body: asset.content, headers: PUBLIC };
  if (request.method === 'POST' && isForeign(request)) return text(403, 'That form is on another site.');
  if (url.pathname === '/login') {
    if (request.method === 'POST') return logIn(room, request);
    if (isReading(request)) return showLogin(room.sessions, request.headers.cookie, url.searchParams);
  }
  const shared = sharedPath(url.pathname);
  if (shared) return routeShared(room, request, url, shared);
  if (!room.sessions.isOpen(request.headers.cookie)) return askToLogIn(url);
  if (request.method === 'POST' && url.pathname === '/logout') {
    return redirect('/login', { 'Set-Cookie': room.sessions.close(request.headers.cookie) });
  }
  if (url.pathname === '/shares' || (request.method === 'POST' && url.pathname === '/shares/revoke')) {
    return manageShares(room.shares, request, url, room.secure);
  }
  return routeFigures(room, request, url, { base: '', path: url.pathname });
}

function routeShared(
  room: Room,
  request: IncomingMessage,
  url: URL,
  { base, secret, rest }: { base: string; secret: string; rest: string },
): Promise<Reply> | Reply {
  if (!room.shares.isOpen(secret)) {
    return page(404, renderProblem('This link has been revoked, or never was one.'));
  }
  if (rest === '') return redirect(`${base}/${url.search}`);
  return routeFigures(room, request, url, { base, path: rest });
}

/** `base` is the path before those that follow: empty, or that of a shared link, whose reader can only read. */
async function routeFigures(
  room: Room,
  request: IncomingMessage,
  url: URL,
  { base, path }: { base: string; path: string },
): Promise<Reply> {
  if (!isReading(request)) return text(405, 'Method not allowed', { Allow: 'GET, HEAD' });
  const wanted = downloadAt(path);
  if (path !== '/' && !wanted) return text(404, 'Not found');
  try {
    const question = readQuestion(url.searchParams, room.timeZone, room.now());
    if (!wanted) return await figures(room, question, base);
    const answer = await room.answers.fresh(question);
    return (await download(wanted, answer, { question, base, draw: room.draw })) ?? text(404, 'Not found');
  } catch (error) {
    const problem = renderProblem(messageOf(error), `${base}/`);
    return error instanceof WrongInputError
      ? page(400, problem)
      : page(503, problem, { 'Retry-After': '60' });
  }
}

async function figures(room: Room, question: Question, base: string): Promise<Reply> {
  const { answer, isOld } = await room.answers.show(question);
  // The browser asks again by itself, also where no script runs.
  if (!answer) return page(202, renderWorking(), { Refresh: '2', 'Cache-Control': 'no-store' });
  const view = { question, base, isOld, now: room.now(), received: room.received() };
  return isOld ? page(200, renderPage(answer, view), { Refresh: '10' }) : rendered(answer, view);
}

function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Browsers say from where a form is posted; programs don't, and need no protection from themselves. */
function isForeign({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function urlOf({ url = '/' }: IncomingMessage): URL | undefined {
  // Two slashes at the beginning would name a host.
  return URL.parse(url.replace(/^\/+/, '/'), 'http://page.invalid') ?? undefined;
}
