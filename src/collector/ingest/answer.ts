import type { ServerResponse } from 'node:http';
import { REFUSALS, type Refusal } from './refusal.ts';

/** PostHog's answer; its clients look for the 1. */
const STORED = '{"status":1}';
const STORED_HEADERS = { 'content-type': 'application/json', 'content-length': STORED.length };

export function answerStored(response: ServerResponse): void {
  response.writeHead(200, STORED_HEADERS);
  response.end(STORED);
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
