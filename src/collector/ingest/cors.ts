import type { IncomingMessage, ServerResponse } from 'node:http';

/** Seconds for which a browser needs not ask again; browsers cut it to their own limit. */
const DAY = 86_400;

/**
 * Lets pages of any origin report and read the answer: posthog-js runs in them, and who may send is decided by the
 * api_key. The origin itself is named, not `*`, since some clients send along their credentials, which nothing here reads.
 */
export function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-credentials', 'true');
  // posthog-js looks for it in every answer.
  response.setHeader('access-control-expose-headers', 'retry-after');
  response.setHeader('vary', 'origin');
}

/** Does a browser ask whether it may send a request, before it does? */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  const headers = request.headers['access-control-request-headers'];
  response.writeHead(204, {
    'access-control-allow-methods': 'POST',
    ...(headers === undefined ? {} : { 'access-control-allow-headers': headers }),
    'access-control-max-age': String(DAY),
  });
  response.end();
}
