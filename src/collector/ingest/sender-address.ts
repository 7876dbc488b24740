import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * Whom the rate limit counts: an IPv4 address, or the /64 of an IPv6 address, which is one household's.
 * Behind a trusted proxy it is the last entry of X-Forwarded-For, the one that this proxy wrote; the ones before it
 * are the client's claim. It lives as long as the rate limit remembers it and is written nowhere.
 */
export function senderAddress(request: IncomingMessage, trustProxy: boolean): string {
  const peer = request.socket.remoteAddress ?? '';
  if (!trustProxy) return network(peer);
  const forwarded = request.headers['x-forwarded-for'];
  const last = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded)?.split(',').at(-1)?.trim();
  return network(last || peer);
}

/** True if no proxy and no network lies between: `/metrics` is shown to the machine itself only. */
export function isLocal(request: IncomingMessage): boolean {
  const peer = request.socket.remoteAddress ?? '';
  const loopback = peer === '::1' || peer.startsWith('127.') || peer.startsWith('::ffff:127.');
  return (
    loopback && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined
  );
}

function network(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const zeros = 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  return [...groups, ...Array(Math.max(0, zeros)).fill('0')].slice(0, 4).join(':');
}
