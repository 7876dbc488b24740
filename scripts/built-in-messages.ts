/**
 * What a release build gives the front end from the environment of the build: the public keys that it trusts,
 * WASP_MESSAGES_PUBLIC_KEYS, the address of a static signed file, WASP_MESSAGES_URL, and that of the public statistics,
 * WASP_PUBLIC_STATISTICS_URL. Without keys a build reads no messages. Throws if one of them is not what it should be: nobody would notice later.
 */
export function builtInMessages(env: NodeJS.ProcessEnv): Record<string, string> {
  const keys = (env.WASP_MESSAGES_PUBLIC_KEYS ?? '').split(/\s+/).filter(Boolean);
  for (const key of keys) {
    if (!/^[A-Za-z0-9+/]{43}=$/.test(key)) {
      throw new Error(
        `WASP_MESSAGES_PUBLIC_KEYS: ${key} is not a public key as wasp-collector keygen prints it`,
      );
    }
  }
  return {
    BUILT_IN_MESSAGES_KEYS: JSON.stringify(keys.join(' ')),
    BUILT_IN_MESSAGES_URL: JSON.stringify(httpsAddress(env, 'WASP_MESSAGES_URL')),
    BUILT_IN_STATISTICS_URL: JSON.stringify(httpsAddress(env, 'WASP_PUBLIC_STATISTICS_URL')),
  };
}

/** Empty if it isn't set. */
function httpsAddress(env: NodeJS.ProcessEnv, name: string): string {
  const url = env[name] ?? '';
  if (url && URL.parse(url)?.protocol !== 'https:')
    throw new Error(`${name} is not an https address: ${url}`);
  return url;
}
