import { attempt } from './attempt.ts';
import { files } from './files.ts';
import type { Ancestor } from './host.ts';

/** Farther up nobody looks. */
const MAX_ANCESTORS = 64;

/** The parent of this process, its parent, and so on (Linux), as far as they can be looked at. */
export function* ancestors(): Generator<Ancestor> {
  if (process.platform !== 'linux') return;
  for (let pid = process.ppid, count = 0; pid > 0 && count < MAX_ANCESTORS; count++) {
    const folder = `/proc/${pid}`;
    const argv = attempt(() => files.read(`${folder}/cmdline`))?.split('\0');
    const stat = attempt(() => files.read(`${folder}/stat`));
    if (!argv || !stat) return;
    yield { argv, program: files.stat(`${folder}/exe`)?.identity };
    // The name before it, in parentheses, may hold anything.
    pid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  }
}
