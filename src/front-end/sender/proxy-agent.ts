import dns from 'node:dns';
import https from 'node:https';
import type { ProxyServer } from './proxy.ts';

/** What got takes to send a request by way of a proxy. */
export interface ByProxy {
  readonly agent: { readonly https: https.Agent };
  readonly dnsLookup?: typeof dns.lookup;
}

/** @param ca certificates that are trusted, for a proxy that is spoken to over TLS; undefined for Node's own */
export async function byProxy(proxy: ProxyServer, ca: string[] | undefined): Promise<ByProxy> {
  const { scheme } = proxy;
  if (scheme === 'http' || scheme === 'https') {
    // Node's own takes a proxy from such a variable only; what is in the environment has been judged already.
    return { agent: { https: new https.Agent({ proxyEnv: { HTTPS_PROXY: urlOf(proxy) }, ca }) } };
  }
  const { SocksProxyAgent } = await import('socks-proxy-agent');
  const url = new URL(urlOf(proxy));
  // It would take the brackets of an IPv6 address for a part of its name.
  Object.defineProperty(url, 'hostname', { value: proxy.host });
  const agent = { https: new SocksProxyAgent(url) as unknown as https.Agent };
  return scheme === 'socks4' ? { agent, dnsLookup: lookUpIPv4 as typeof dns.lookup } : { agent };
}

/** SOCKS 4 has no room for more. */
function lookUpIPv4(
  hostname: string,
  _: unknown,
  callback: (error: NodeJS.ErrnoException | null, address: string, family: number) => void,
): void {
  dns.lookup(hostname, { family: 4 }, callback);
}

function urlOf({ scheme, host, port, username, password }: ProxyServer): string {
  const user = username || password ? `${username}:${password}@` : '';
  return `${scheme}://${user}${host.includes(':') ? `[${host}]` : host}:${port}`;
}
