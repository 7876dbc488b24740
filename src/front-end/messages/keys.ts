import type { Environment } from '../host/host.ts';

/** Filled in by the build from WASP_MESSAGES_PUBLIC_KEYS: base64, separated by spaces (scripts/bundle.ts). */
declare const BUILT_IN_MESSAGES_KEYS: string | undefined;

/**
 * Ed25519 public keys, as base64 of their 32 bytes, whose signature makes a message. Several, so that a new key can
 * be known everywhere before the old one retires. WASP_MESSAGES_PUBLIC_KEY adds one or several, for those who run a
 * collector of their own. None: then no message is ever read.
 */
export function trustedKeys(env: Environment): string[] {
  const builtIn = typeof BUILT_IN_MESSAGES_KEYS === 'string' ? BUILT_IN_MESSAGES_KEYS : '';
  const keys = `${builtIn} ${env.WASP_MESSAGES_PUBLIC_KEY ?? ''}`.split(/\s+/).filter(isKey);
  return [...new Set(keys)];
}

/** 32 bytes in base64. */
function isKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(text);
}
