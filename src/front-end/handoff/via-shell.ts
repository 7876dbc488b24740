import path from 'node:path';
import type { Environment, Host, Program } from '../host/host.ts';

const LOST = '\ufffd';

/**
 * Two things Node can't hand over by itself, and a shell in between can, at the price of a millisecond: bytes that
 * are not UTF-8, which Node's strings have lost, and nohup's wish that SIGHUP be ignored, which Node resets when it
 * starts. Returns undefined when neither is the case, which is nearly always.
 */
export function viaShell(
  host: Host,
  command: Program,
  env: Environment,
): { program: Program; env: Environment } | undefined {
  const raw = losesBytes(host, env) ? host.rawBytes() : undefined;
  // Bash and zsh leave the program that they started in `_`, and nohup passes its environment on.
  const nohup = path.basename(host.env._ ?? '') === 'nohup';
  if (!raw && !nohup) return undefined;

  const ownArgs = command.args.slice(0, command.args.length - host.argv.length);
  const args = raw ? raw.argv.map(restore) : host.argv.map(quote);
  const lost = raw?.env.filter((entry) => Buffer.from(entry).toString().includes(LOST)).map(restore) ?? [];
  const repairs = [...whatShellsAdd(env), ...lost, ...whatShellsDrop(env)];
  const words = [...[command.file, ...ownArgs].map(quote), ...args].join(' ');
  const script = `${nohup ? "trap '' HUP; " : ''}exec /usr/bin/env ${[...repairs, words].join(' ')}`;
  const intact = Object.entries(env).filter((entry) => !entry.join('').includes(LOST));
  return { program: { file: '/bin/sh', args: ['-c', script] }, env: Object.fromEntries(intact) };
}

function losesBytes(host: Host, env: Environment): boolean {
  if (host.argv.some((argument) => argument.includes(LOST))) return true;
  return Object.entries(env).some(([name, value]) => name.includes(LOST) || value?.includes(LOST));
}

/** Options for `env` against the variables that some shell makes up. */
function whatShellsAdd(env: Environment): string[] {
  return ['PWD', 'OLDPWD', 'SHLVL', '_']
    .filter((name) => env[name] === undefined)
    .map((name) => `-u ${name}`);
}

/** Assignments for `env` of the variables that a shell can't name, such as the functions that bash exports. */
function whatShellsDrop(env: Environment): string[] {
  return Object.entries(env)
    .filter((entry) => !/^[A-Za-z_]\w*$/.test(entry[0]) && !entry.join('').includes(LOST))
    .map(([name, value]) => quote(`${name}=${value}`));
}

/** A shell word for these very bytes. */
function restore(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString();
  if (!text.includes(LOST)) return quote(text);
  const lineBreaks = text.match(/\n*$/)?.[0] ?? '';
  const octal = Array.from(bytes.subarray(0, bytes.length - lineBreaks.length), octalEscape).join('');
  // $( ) cuts line breaks off the end.
  return `"$(printf '${octal}')"${lineBreaks && quote(lineBreaks)}`;
}

function octalEscape(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
