import type { ServerResponse } from 'node:http';
import type { Published } from '../publish/published.ts';
import { REFUSALS, type Refusal } from './refusal.ts';

/** PostHog's answer; its clients look for the 1. */
const STORED = '{"status":1}';
const STORED_HEADERS = { 'content-type': 'application/json', 'content-length': STORED.length };

/** With the maintainers' messages, where there are any: PostHog's clients look for the 1 and for nothing else. */
export function answerStored(response: ServerResponse, published?: Published): void {
  if (published) {
    answerText(response, 200, published.answer);
    return;
  }
  response.writeHead(200, STORED_HEADERS);
  response.end(STORED);
}

/** The signed file as it lies there, for front ends that report to somewhere else. */
export function answerMessages(response: ServerResponse, { text, etag }: Published): void {
  response.setHeader('etag', etag).setHeader('cache-control', 'no-cache');
  if (response.req.headers['if-none-match'] === etag) response.writeHead(304).end();
  else answerText(response, 200, text);
}

/** Says why in the body, so that a developer with curl sees it. 429 and 503 ask to come back. */
export function answerRefusal(response: ServerResponse, refusal: Refusal): void {
  const { status, text } = REFUSALS[refusal];
  if (refusal === 'wrong_method') response.setHeader('allow', 'POST');
  if (status === 429 || status === 503) response.setHeader('retry-after', '10');
  // The rest of the body is not wanted, and the next request could not be found behind it.
  if (status === 413 || !response.req.complete) response.setHeader('connection', 'close');
  answerText(
    response,
    status,
    `{"status":0,"error":${JSON.stringify(refusal)},"message":${JSON.stringify(text)}}`,
  );
}

export function answerText(
  response: ServerResponse,
  status: number,
  body: string,
  type = 'application/json',
): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
