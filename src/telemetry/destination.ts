import type { Environment } from '../host.ts';
import { DEFAULT_API_KEY, DEFAULT_URL } from '../protocol/report.ts';

/** Where reports go and under which key. */
export interface Destination {
  readonly url: string;
  readonly apiKey: string;
}

/** The destination, or why there is none: then nothing is sent (SPEC section 2). */
export function readDestination(env: Environment): Destination | { readonly refused: string } {
  const text = env.WASP_TELEMETRY_URL || DEFAULT_URL;
  const apiKey = env.WASP_TELEMETRY_API_KEY || DEFAULT_API_KEY;
  const url = URL.parse(text);
  if (!url) return { refused: `WASP_TELEMETRY_URL is not a URL: ${text}` };
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!secure) return { refused: `WASP_TELEMETRY_URL must be https, or http to a loopback address: ${text}` };
  return { url: url.href, apiKey };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
