import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';

/**
 * Whom limits count: an IPv4 address, or the /64 of an IPv6 address, which is one household's.
 * Behind a trusted proxy it is the last entry of X-Forwarded-For, the one that this proxy wrote; the ones before it
 * are the client's claim. It lives as long as a limit remembers it and is written nowhere.
 */
export function senderAddress(request: IncomingMessage, trustProxy: boolean): string {
  const peer = network(request.socket.remoteAddress ?? '') ?? '';
  return (trustProxy && network(lastForwarded(request))) || peer;
}

/** True if no proxy and no network lies between: some things are shown to the machine itself only. */
export function isLocal(request: IncomingMessage): boolean {
  const { headers } = request;
  return isLoopback(request.socket.remoteAddress ?? '') && !PROXY_HEADERS.some((name) => name in headers);
}

/** Is this host, as an option or a socket names it, this machine itself? */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^(?:::ffff:)?127(?:\.\d+){3}$/.test(host);
}

const PROXY_HEADERS = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

/** Without the port that some proxies add. */
function lastForwarded({ headers }: IncomingMessage): string {
  const last =
    String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1) ?? '';
  const [, bracketed, dotted] =
    /^\s*(?:\[([^\]]*)\](?::\d+)?|(\d+(?:\.\d+){3})(?::\d+)?)\s*$/.exec(last) ?? [];
  return bracketed ?? dotted ?? last.trim();
}

/**
 * Undefined for what is no address: a proxy's `unknown`, or anything that would be remembered at any length. The
 * result is a text of its own: a piece of a header would keep the whole header in memory.
 */
function network(address: string): string | undefined {
  if (isIPv4(address)) return address.split('.').map(Number).join('.');
  if (!isIPv6(address)) return undefined;
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.');
  return groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':');
}

/** The eight numbers of an IPv6 address; its zone is left out. */
function groupsOf(address: string): number[] {
  const plain = address.replace(/%.*/, '').replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = [], tail = []] = plain.split('::').map((half) =>
    half
      .split(':')
      .filter((group) => group !== '')
      .map((group) => Number.parseInt(group, 16)),
  );
  return [...head, ...Array<number>(Math.max(0, 8 - head.length - tail.length)).fill(0), ...tail];
}
