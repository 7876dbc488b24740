import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusal.ts';

/** Bytes of a body, as sent and also once decompressed. A report has 300. */
export const BODY_LIMIT = 64 * 1024;

/**
 * Of a body that is too large, this much is read and thrown away before the answer: closing earlier would reset
 * the connection, and most clients would never see the 413.
 */
const DISCARD_LIMIT = 1024 * 1024;

/**
 * Reads the whole body and calls back once, with the bytes or the reason against them. Its time limit is the
 * server's `requestTimeout`, which ends the request in an `aborted`.
 */
export function readBody(request: IncomingMessage, done: (body: Buffer | Refusal) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let settled = false;

  function settle(result: Buffer | Refusal): void {
    if (settled) return;
    settled = true;
    done(result);
  }
  function onData(chunk: Buffer): void {
    length += chunk.length;
    if (length <= BODY_LIMIT) chunks.push(chunk);
    else {
      chunks.length = 0;
      if (length > DISCARD_LIMIT) settle('too_large');
    }
  }
  function onEnd(): void {
    if (length > BODY_LIMIT) settle('too_large');
    else settle(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
  }
  function onClose(): void {
    settle('aborted');
  }

  if (Number(request.headers['content-length']) > DISCARD_LIMIT) done('too_large');
  else request.on('data', onData).on('end', onEnd).on('close', onClose);
}
