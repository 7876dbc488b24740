import type { Environment, Host, Image, Program } from '../host/host.ts';

const LOST = '\ufffd';
/** From here on the kernel may refuse arguments and environment, in bytes: Linux takes at least this much. */
const SURELY_ACCEPTED = 96 * 1024;

/**
 * What `process.execve` can't hand over: bytes that are not UTF-8, which Node's strings have lost; signals that are to
 * be ignored; arguments that the kernel may refuse, whereupon Node aborts; and V8's coverage, which Node writes to
 * disk before it. Returns undefined when it is none of these, which is nearly always.
 */
export function exactImage(host: Host, command: Program, argv0: string, env: Environment): Image | undefined {
  const { size, lost } = survey(host, env);
  const ignored = host.ignoredSignals();
  if (size < SURELY_ACCEPTED && !lost && ignored.length === 0 && !env.NODE_V8_COVERAGE) return undefined;
  const raw = lost ? host.rawBytes() : undefined;
  const own = command.args.slice(0, command.args.length - host.argv.length);
  return {
    file: command.file,
    argv: [...[argv0, ...own].map(bytes), ...(raw?.argv ?? host.argv.map(bytes))],
    env: raw ? rawEnvironment(host, raw.env, env) : entriesOf(env).map(bytes),
    ignored,
  };
}

function survey(host: Host, env: Environment): { size: number; lost: boolean } {
  let size = 0;
  let lost = false;
  for (const text of [...host.argv, ...entriesOf(env)]) {
    size += text.length + 1;
    lost ||= text.includes(LOST);
  }
  return { size, lost };
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
