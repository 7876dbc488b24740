import type { Environment, Host, Image, Program } from '../host/host.ts';
import { isWhole } from '../host/is-whole.ts';

/**
 * What `process.execve` can't hand over: what Node's strings and variables have lost, signals that are to be ignored, and
 * files beyond the standard three. Returns undefined when it is none of these, which is nearly always.
 */
export function exactImage(host: Host, command: Program, env: Environment): Image | undefined {
  const lostArguments = host.argv.every(isWhole) ? undefined : host.rawArguments();
  const lostEntries = rawEntriesIfLost(host);
  const ignored = host.ignoredSignals();
  const files = host.inheritedFiles;
  if (!lostArguments && !lostEntries && ignored.length + files.length === 0) return undefined;
  const own = command.args.slice(0, command.args.length - host.argv.length);
  return {
    file: command.file,
    argv: [...[command.file, ...own].map(bytes), ...(lostArguments ?? host.argv.map(bytes))],
    env: lostEntries ? changeEntries(host, lostEntries, env) : entriesOf(env).map(bytes),
    ignored,
    files,
  };
}

/** The kernel's own entries, if Node doesn't have all of them as they are. */
function rawEntriesIfLost(host: Host): Uint8Array[] | undefined {
  const isLost = !entriesOf(host.env).every(isWhole);
  return isLost || !host.hasWholeEnvironment() ? host.rawEnvironment() : undefined;
}

/** The kernel's own entries, with those replaced that this program changes. */
function changeEntries(host: Host, entries: readonly Uint8Array[], env: Environment): Uint8Array[] {
  const changed = Object.keys({ ...host.env, ...env }).filter((name) => host.env[name] !== env[name]);
  const kept = entries.filter((entry) => !changed.includes(bytesToText(entry).split('=', 1)[0] ?? ''));
  const added = Object.fromEntries(changed.map((name) => [name, env[name]]));
  return [...kept, ...entriesOf(added).map(bytes)];
}

function entriesOf(env: Environment): string[] {
  return Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
}

const bytes = (text: string): Uint8Array => Buffer.from(text);
const bytesToText = (entry: Uint8Array): string => Buffer.from(entry).toString();
