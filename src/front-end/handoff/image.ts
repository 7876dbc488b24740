import type { Environment, Host, Image, Program } from '../host/host.ts';

const LOST = '\ufffd';

/**
 * What `process.execve` can't hand over: bytes that are not UTF-8, which Node's strings have lost, and signals that are
 * to be ignored. Returns undefined when it is neither, which is nearly always.
 */
export function exactImage(host: Host, command: Program, env: Environment): Image | undefined {
  const lost = [...host.argv, ...entriesOf(env)].some((text) => text.includes(LOST));
  const ignored = host.ignoredSignals();
  if (!lost && ignored.length === 0) return undefined;
  const raw = lost ? host.rawBytes() : undefined;
  const own = command.args.slice(0, command.args.length - host.argv.length);
  return {
    file: command.file,
    argv: [...[command.file, ...own].map(bytes), ...(raw?.argv ?? host.argv.map(bytes))],
    env: raw ? rawEnvironment(host, raw.env, env) : entriesOf(env).map(bytes),
    ignored,
  };
}

/** The kernel's own entries, with those replaced that this program changes. */
function rawEnvironment(host: Host, entries: readonly Uint8Array[], env: Environment): Uint8Array[] {
  const changed = Object.keys({ ...host.env, ...env }).filter((name) => host.env[name] !== env[name]);
  const kept = entries.filter((entry) => !changed.includes(bytesToText(entry).split('=', 1)[0] as string));
  const added = Object.fromEntries(changed.map((name) => [name, env[name]]));
  return [...kept, ...entriesOf(added).map(bytes)];
}

function entriesOf(env: Environment): string[] {
  return Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
}

const bytes = (text: string): Uint8Array => Buffer.from(text);
const bytesToText = (entry: Uint8Array): string => Buffer.from(entry).toString();
