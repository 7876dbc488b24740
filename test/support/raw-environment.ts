/** Environments that no shell and no Node makes: names twice, entries without `=`. */
import { spawnSync } from 'node:child_process';

export const hasPython = process.platform === 'linux' && spawnSync('python3', ['-c', '']).status === 0;
if (!hasPython) console.warn('NOT TESTED, because there is no python3: environments that no shell makes');

/** Becomes a program with the environment's own entries and these, which need not be `NAME=value`, and with these files. */
const START = `
import ctypes, fcntl, json, os, sys
entries, files = map(json.loads, sys.argv[1:3])
argv = [os.fsencode(word) for word in sys.argv[3:]]
entries = [b'%s=%s' % pair for pair in os.environb.items()] + [entry.encode('latin1') for entry in entries]
source = fcntl.fcntl(os.open('/etc/passwd', os.O_RDONLY), fcntl.F_DUPFD_CLOEXEC, 200)
for fd in files: os.dup2(source, fd, inheritable=True)
vector = lambda parts: (ctypes.c_char_p * (len(parts) + 1))(*parts, None)
ctypes.CDLL(None).execve(argv[0], vector(argv), vector(entries))`;

/**
 * In front of a program's path and its arguments.
 * @param entries bytes as latin1, which come after those of the environment
 * @param files numbers of files that it is to have open
 */
export function withEntries(entries: readonly string[], files: readonly number[] = []): string[] {
  return ['python3', '-c', START, JSON.stringify(entries), JSON.stringify(files)];
}
