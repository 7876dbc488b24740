import { DEFAULT_URL } from '../../../protocol/report.ts';
import { secureUrl } from '../../../protocol/secure-url.ts';
import type { Environment } from '../../host/host.ts';

/** Filled in by the build from WASP_MESSAGES_URL (scripts/bundle.ts). */
declare const BUILT_IN_MESSAGES_URL: string | undefined;

/**
 * Where a signed file of messages lies, for receivers such as PostHog that send none back; undefined if nowhere. The
 * built-in address goes with the built-in destination: who reports elsewhere has nothing to do with it.
 * @param destination where the report went
 */
export function messagesSource(
  env: Environment,
  destination: string,
): { readonly url: string } | { readonly refused: string } | undefined {
  const builtIn = typeof BUILT_IN_MESSAGES_URL === 'string' ? BUILT_IN_MESSAGES_URL : '';
  const text = env.WASP_MESSAGES_URL || (destination === DEFAULT_URL ? builtIn : '');
  return text ? secureUrl('WASP_MESSAGES_URL', text) : undefined;
}
