import path from 'node:path';
import type { Host } from '../host/host.ts';

/** The executable files of that name on PATH, in PATH's order. */
export function* programsOnPath(host: Host, name: string): Generator<string> {
  for (const folder of (host.env.PATH ?? '').split(path.delimiter)) {
    // POSIX: an empty entry is the working directory.
    const file = path.resolve(host.cwd() ?? '/', folder, name);
    const facts = host.files.facts(file);
    if (facts?.kind === 'file' && facts.executable) yield file;
  }
}
