import { createHmac } from 'node:crypto';
import { reportJson } from '../report/json.ts';
import { secret, webAddress } from './addresses.ts';
import { type Digest, textOf } from './digest.ts';
import { post } from './post.ts';

/** The header that proves who sent it: `sha256=` and the HMAC of the body, in hex. */
const SIGNATURE_HEADER = 'x-wasp-collector-signature';

/** JSON with text and numbers, signed. @returns the function that sends it once */
export function webhook(digest: Digest): () => Promise<void> {
  const url = webAddress('WASP_COLLECTOR_WEBHOOK_URL');
  const key = secret('WASP_COLLECTOR_WEBHOOK_SECRET');
  const body = JSON.stringify({
    title: digest.title,
    text: textOf(digest),
    periods: digest.parts.map(({ unit, label, text, matrix }) => ({ unit, label, text, matrix })),
    report: reportJson(digest.report),
  });
  const signature = `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
  return () =>
    post(url, { headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature }, body });
}
