import type { IncomingMessage } from 'node:http';

/** Bytes; the longest form is a login with the address to go on to. */
const LONGEST = 4096;

/** A posted form; undefined if it is too long to be one. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > LONGEST) return undefined;
  }
  return new URLSearchParams(text);
}
