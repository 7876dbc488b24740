/** A reply → bytes on the wire: headers, compression, and nothing at all where the browser has it already. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Html } from './html.ts';

/** What a request is answered with, however it is sent. */
export interface Reply {
  status: number;
  type: string;
  body: string | Uint8Array;
  headers?: Record<string, string>;
}

const HEADERS = {
  // Kept, and asked for again each time: with the right tag that costs no more than a line.
  'Cache-Control': 'private, no-cache',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  Vary: 'Accept-Encoding, Cookie',
};

export function page(status: number, { markup }: Html, headers?: Record<string, string>): Reply {
  return { status, type: 'text/html; charset=utf-8', body: markup, ...(headers && { headers }) };
}

/** A sentence for a program, or for a reader of one. */
export function text(status: number, sentence: string, headers?: Record<string, string>): Reply {
  return { status, type: 'text/plain; charset=utf-8', body: `${sentence}\n`, ...(headers && { headers }) };
}

/** See Other: the browser asks with GET, and going back doesn't send a form again. */
export function redirect(location: string, headers: Record<string, string> = {}): Reply {
  return {
    status: 303,
    type: 'text/plain; charset=utf-8',
    body: '',
    headers: { Location: location, ...headers },
  };
}

/** Sends `reply`; a HEAD gets the headers alone, and who has this very content already is told so. */
export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
): Promise<void> {
  const { status, type, body, headers } = reply;
  const all: Record<string, string> = { ...HEADERS, 'Content-Type': type, ...headers };
  if (status === 200) {
    all.ETag = tagOf(reply);
    if (isKnown(request.headers['if-none-match'], all.ETag)) {
      response.writeHead(304, all).end();
      return;
    }
  } else if (status >= 400) all['Cache-Control'] = 'no-store';
  const { content, encoding } = await packed(request, reply, Buffer.from(body as string));
  if (encoding) all['Content-Encoding'] = encoding;
  all['Content-Length'] = String(content.length);
  response.writeHead(status, all).end(request.method === 'HEAD' ? undefined : content);
}

function isKnown(header: string | undefined, tag: string): boolean {
  return header?.split(',').some((one) => one.trim().replace(/^(?:W\/)?/, 'W/') === tag) ?? false;
}

/** Bytes below which compression gains nothing. */
const SMALL = 1024;

/** What has been made of a reply that is sent again and again. */
const made = new WeakMap<Reply, { tag?: string; br?: Buffer; gzip?: Buffer }>();

function madeOf(reply: Reply): { tag?: string; br?: Buffer; gzip?: Buffer } {
  const known = made.get(reply) ?? {};
  made.set(reply, known);
  return known;
}

function tagOf(reply: Reply): string {
  const known = madeOf(reply);
  known.tag ??= `W/"${createHash('sha256').update(reply.body).digest('base64url').slice(0, 22)}"`;
  return known.tag;
}

async function packed(
  { headers }: IncomingMessage,
  reply: Reply,
  content: Buffer,
): Promise<{ content: Buffer; encoding?: string }> {
  if (content.length < SMALL || !/^text\/|json|svg/.test(reply.type)) return { content };
  const known = madeOf(reply);
  const accepted = acceptedEncodings(headers['accept-encoding'] ?? '');
  if (accepted.has('br')) {
    // The usual 11 takes seconds for a page; 5 takes milliseconds and is a tenth larger.
    const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
    known.br ??= await promisify(brotliCompress)(content, { params });
    return { content: known.br, encoding: 'br' };
  }
  if (accepted.has('gzip')) {
    known.gzip ??= await promisify(gzip)(content);
    return { content: known.gzip, encoding: 'gzip' };
  }
  return { content };
}

/** `gzip, br;q=0` accepts gzip only. */
function acceptedEncodings(header: string): Set<string> {
  const all = header.split(',').map((one) =>
    one
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q=/),
  );
  return new Set(all.filter(([, quality]) => Number(quality ?? 1) > 0).map(([name]) => name as string));
}
