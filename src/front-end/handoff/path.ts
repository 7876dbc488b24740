import path from 'node:path';
import type { Host } from '../host/host.ts';

/** An executable file on PATH. */
export interface OnPath {
  readonly file: string;
  /** Is it there only because of the working directory? */
  readonly isRelative: boolean;
}

/** The executable files of that name on PATH, in PATH's order. */
export function* programsOnPath(host: Host, name: string): Generator<OnPath> {
  for (const folder of (host.env.PATH ?? '').split(path.delimiter)) {
    // POSIX: an empty entry is the working directory.
    const file = path.resolve(host.cwd() ?? '/', folder, name);
    const stat = host.files.stat(file);
    if (stat?.kind === 'file' && stat.executable) yield { file, isRelative: !path.isAbsolute(folder) };
  }
}
