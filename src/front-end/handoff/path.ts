import path from 'node:path';
import type { Host } from '../host/host.ts';
import { liesInProject } from './lies-in-project.ts';

/** An executable file on PATH. */
export interface OnPath {
  readonly file: string;
  /** Where the user hasn't named its folder, the folder from which on everything has to be judged (trust.ts). */
  readonly judgedFrom?: string;
}

/** The executable files of that name on PATH, in PATH's order. */
export function* programsOnPath(host: Host, name: string): Generator<OnPath> {
  for (const entry of entriesOf(host)) {
    // POSIX: an empty entry is the working directory.
    const folder = path.resolve(host.cwd() ?? '/', entry);
    const file = path.join(folder, name);
    const stat = host.files.stat(file);
    if (stat?.kind !== 'file' || !stat.executable) continue;
    if (isFromUser(entry)) yield { file };
    else yield { file, judgedFrom: isOfScripts(folder) ? path.join(folder, '../..') : folder };
  }
}

/** PATH without what the user hasn't named, and without what lies in a project. */
export function pathOutsideProjects(host: Host): string {
  const outside = entriesOf(host).filter((entry) => isFromUser(entry) && !liesInProject(host, entry));
  return outside.join(path.delimiter);
}

function entriesOf(host: Host): string[] {
  return (host.env.PATH ?? '').split(path.delimiter);
}

/** An empty or relative entry leads wherever the user happens to be. */
function isFromUser(entry: string): boolean {
  return path.isAbsolute(entry) && !isOfScripts(path.resolve(entry));
}

/** For its scripts, npm adds such a folder to PATH for each folder above the working directory. */
function isOfScripts(folder: string): boolean {
  return folder.endsWith(path.join('/node_modules', '.bin'));
}
