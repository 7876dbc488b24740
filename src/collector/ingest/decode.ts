/** Bytes of a request body → JSON value, in every wrapping that PostHog's clients use. */
import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { hasCode } from '../errors.ts';
import { BODY_LIMIT } from './read-body.ts';
import type { Refusal } from './refusal.ts';

/** Deeper nesting than any report needs; what is below could only be unknown keys. */
const DEPTH_LIMIT = 16;

export type Decoded = { value: unknown } | { refusal: Refusal };

/** `contentEncoding` and `contentType` are the request's headers, undefined if not sent. */
export function decodeBody(
  body: Buffer,
  contentEncoding: string | undefined,
  contentType: string | undefined,
): Decoded {
  if (contentEncoding && !['gzip', 'x-gzip', 'identity'].includes(contentEncoding.toLowerCase())) {
    return { refusal: 'bad_encoding' };
  }
  // posthog-js gzips without saying so in a header, so the bytes decide.
  const gzipped = body[0] === 0x1f && body[1] === 0x8b;
  const plain = gzipped ? gunzip(body) : body;
  if (typeof plain === 'string') return { refusal: plain };
  if (!isUtf8(plain)) return { refusal: 'bad_utf8' };
  const text = plain.toString();
  return parseJson(contentType?.startsWith('application/x-www-form-urlencoded') ? formData(text) : text);
}

function gunzip(body: Buffer): Buffer | Refusal {
  try {
    return gunzipSync(body, { maxOutputLength: BODY_LIMIT });
  } catch (error) {
    return hasCode(error, 'ERR_BUFFER_TOO_LARGE') ? 'too_large' : 'bad_gzip';
  }
}

/** posthog-js sends `data=<base64 of JSON>` from pages that are being closed. curl calls everything a form. */
function formData(text: string): string {
  const data = text.startsWith('data=') ? new URLSearchParams(text).get('data') : null;
  if (data === null) return text;
  // URLSearchParams made spaces of the `+` in base64 that was not percent-encoded.
  return data.startsWith('{') || data.startsWith('[')
    ? data
    : Buffer.from(data.replaceAll(' ', '+'), 'base64').toString();
}

function parseJson(text: string): Decoded {
  if (isTooDeep(text)) return { refusal: 'too_deep' };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { refusal: 'bad_json' };
  }
}

/** Looks at brackets outside strings only, before a parser builds anything. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1;
      if (depth > DEPTH_LIMIT) return true;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
