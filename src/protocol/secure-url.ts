/** An address that may be written to or read from: `https:`, or `http:` on this machine. `name` is what it is called in the refusal. */
export function secureUrl(
  name: string,
  text: string,
): { readonly url: string } | { readonly refused: string } {
  const url = URL.parse(text);
  if (!url) return { refused: `${name} is not a URL: ${text}` };
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!secure) return { refused: `${name} must be https, or http to a loopback address: ${text}` };
  return { url: url.href };
}

/** Is this machine meant? @param hostname as a URL has it, so an IPv6 address in brackets */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
