import { BlockList, isIP } from 'node:net';

/**
 * Does NO_PROXY say that this host is reached directly? As curl reads it: names separated by commas or blanks, each of
 * which also stands for all below it; addresses, and blocks of them with a slash; a single `*` for everything.
 */
export function isExempt(host: string, noProxy: string): boolean {
  if (noProxy === '*') return true;
  const entries = noProxy.split(/[\s,]+/).filter(Boolean);
  const family = isIP(host);
  if (family !== 0) return entries.some((entry) => holds(entry, host, family === 4 ? 'ipv4' : 'ipv6'));
  const name = withoutDots(host);
  return entries.map(withoutDots).some((entry) => entry && (name === entry || name.endsWith(`.${entry}`)));
}

function holds(entry: string, address: string, family: 'ipv4' | 'ipv6'): boolean {
  const [network = '', bits = ''] = entry.replace(/[[\]]/g, '').split('/');
  const most = family === 'ipv4' ? 32 : 128;
  if (isIP(network) !== (family === 'ipv4' ? 4 : 6) || Number(bits) > most) return false;
  const list = new BlockList();
  // What is no number, and 0, is no block to curl either: then it is the address alone.
  if (/^[1-9]\d*$/.test(bits)) list.addSubnet(network, Number(bits), family);
  else list.addAddress(network, family);
  return list.check(address, family);
}

function withoutDots(name: string): string {
  return name.toLowerCase().replace(/^\.|\.+$/g, '');
}
