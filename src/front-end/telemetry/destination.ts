import { DEFAULT_API_KEY, DEFAULT_URL } from '../../protocol/report.ts';
import { secureUrl } from '../../protocol/secure-url.ts';
import type { Environment } from '../host/host.ts';

/** Where reports go and under which key. */
export interface Destination {
  readonly url: string;
  readonly apiKey: string;
}

/** The destination, or why there is none: then nothing is sent (docs/spec.md section 2). */
export function readDestination(env: Environment): Destination | { readonly refused: string } {
  const address = secureUrl('WASP_TELEMETRY_URL', env.WASP_TELEMETRY_URL || DEFAULT_URL);
  if ('refused' in address) return address;
  return { url: address.url, apiKey: env.WASP_TELEMETRY_API_KEY || DEFAULT_API_KEY };
}
