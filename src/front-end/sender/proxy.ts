import type { Environment } from '../host/host.ts';
import { isExempt } from './proxy-exempt.ts';

/** A proxy, as curl would understand the variable that names it. */
export interface ProxyServer {
  /** The variable that named it. */
  readonly variable: string;
  readonly scheme: 'http' | 'https' | 'socks4' | 'socks4a' | 'socks5' | 'socks5h';
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** Percent-encoded, as in a URL; empty if none. */
  readonly username: string;
  readonly password: string;
}

const SCHEMES: Record<string, ProxyServer['scheme']> = {
  http: 'http',
  https: 'https',
  // As curl has it.
  socks: 'socks4',
  socks4: 'socks4',
  socks4a: 'socks4a',
  socks5: 'socks5',
  socks5h: 'socks5h',
};

/** What a name or a password of SOCKS can have, in bytes. */
const MAX_SOCKS = 255;

/**
 * The proxy for an address, undefined if there is none to go through, `refused` if one is set that can't be used: then
 * nothing may be sent, since the proxy may be there to hide this machine (docs/spec.md section 3). The rules are
 * curl's: lower case wins, an empty variable is none, without a scheme it is an HTTP proxy, the port is 1080 (443 for
 * https). Loopback never goes through a proxy, and all that leaves this machine is https, so HTTP_PROXY is never asked.
 */
export function proxyFor(
  url: string,
  env: Environment,
): ProxyServer | { readonly refused: string } | undefined {
  const host = bare(new URL(url).hostname);
  const variable = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'].find((name) => env[name]);
  if (variable === undefined || isLoopback(host)) return undefined;
  if (isExempt(host, env.no_proxy || env.NO_PROXY || '')) return undefined;
  return readProxy(variable, env[variable] ?? '');
}

function readProxy(variable: string, text: string): ProxyServer | { readonly refused: string } {
  const [, named, rest] = text.trim().match(/^(?:([a-z][\w+.-]*):\/{1,3})?(.*)$/is) ?? [];
  const scheme = SCHEMES[named?.toLowerCase() ?? 'http'];
  if (!scheme) return { refused: `${variable} names a proxy of a kind that is not supported: ${named}` };
  // Under a scheme that means nothing to it, URL keeps a port that is another scheme's usual one.
  const url = URL.parse(`proxy://${rest}`);
  if (!url?.hostname) return { refused: `${variable} is set, and no proxy can be made out in it` };
  const usualPort = scheme === 'https' ? 443 : 1080;
  const username = asEncoded(url.username);
  const password = asEncoded(url.password);
  const longest = Math.max(...[username, password].map(lengthInBytes));
  if (Number.isNaN(longest) || (scheme.startsWith('socks') && longest > MAX_SOCKS)) {
    return { refused: `${variable} holds a name or a password for the proxy that can't be sent to it` };
  }
  return {
    variable,
    scheme,
    host: bare(url.hostname),
    port: Number(url.port || usualPort),
    username,
    password,
  };
}

/** With each percent sign that stands for itself encoded: as curl, take it as it is. */
function asEncoded(text: string): string {
  return text.replace(/%(?![0-9a-f]{2})/gi, '%25');
}

/** NaN if it is no text in UTF-8: there is no way to send that. */
function lengthInBytes(encoded: string): number {
  try {
    return Buffer.byteLength(decodeURIComponent(encoded));
  } catch {
    return Number.NaN;
  }
}

/** For people: without the password. */
export function proxyInWords({ scheme, host, port, variable }: ProxyServer): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port} (${variable})`;
}

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function isLoopback(host: string): boolean {
  return (
    /^(.+\.)?localhost\.?$/i.test(host) ||
    /^127\.\d+\.\d+\.\d+$/.test(host) ||
    host === '::1' ||
    // The same inside IPv6, as URL writes it.
    /^::ffff:7f[0-9a-f]{2}:/i.test(host)
  );
}
