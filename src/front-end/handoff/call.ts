import type { Host } from '../host/host.ts';

/** More of a command line than two different calls in one chain have in common, in characters. */
const LIMIT = 4096;

/** Eight hex digits that stand for the arguments and the working directory: FNV-1a, since nobody is to be kept from forging them. */
export function callOf(host: Host): string {
  const text = JSON.stringify([host.cwd(), ...host.argv]).slice(0, LIMIT);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
