import type { Host } from '../host/host.ts';

/** Does the path lead to this program, by whatever name or link? Becoming it would go round in circles. */
export function isThisProgram(host: Host, file: string): boolean {
  const own = ownIdentity(host);
  return own !== undefined && host.files.stat(file)?.identity === own;
}

/** The identity of this program's file. */
export function ownIdentity(host: Host): string | undefined {
  const { file, args } = host.self();
  return host.files.stat(args.at(-1) ?? file)?.identity;
}
