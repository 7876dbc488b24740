/** Linux namespaces: a mount, a disk, a /etc/hosts, a port 443 of a test's own. */
import { spawnSync } from 'node:child_process';
import { testWhere } from './where-possible.ts';

/** Can this user mount things that no other process sees? */
export const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

/** What a program is run with to see something else mounted at a path. `mount` is a shell command. */
export function mounted(mount: string): string[] {
  return ['unshare', '--mount', '/bin/sh', '-c', `${mount} && exec "$0" "$@"`];
}

/** A test that needs a mount of its own. */
export const testWithMount = testWhere(canMount, 'this user may not mount');

/** In front of `sh -c TEXT ARGUMENTS`: a mount namespace, and also a network namespace with nothing but loopback. */
export const OWN_MOUNTS = ['unshare', '--map-root-user', '--mount'];
export const OWN_MOUNTS_AND_NETWORK = [...OWN_MOUNTS, '--net'];

/** In front of a command: runs it where the process with this id runs, in directory `cwd`. */
export function joining(pid: number, cwd: string): string[] {
  return [
    'nsenter',
    '--preserve-credentials',
    '--user',
    '--mount',
    '--net',
    `--wd=${cwd}`,
    `--target=${pid}`,
  ];
}

/** `test`, or a skipped test whose name says why and where it is run instead. */
export function testInNamespace(name: string, body: () => Promise<void>): void {
  const reason = missing();
  if (reason === undefined) test(name, body);
  else test.skip(`${name} — NOT TESTED HERE: ${reason}. .ci/run tests it`, body);
}

/** Undefined, or why this machine doesn't let us: inside many containers, or not Linux. */
function missing(): string | undefined {
  const [command = '', ...args] = OWN_MOUNTS_AND_NETWORK;
  const attempt = 'mount -t tmpfs none /mnt && ip link set lo up';
  const { status, error, stderr } = spawnSync(command, [...args, 'sh', '-c', attempt]);
  return (
    error?.message ?? (status === 0 ? undefined : `namespaces are not permitted: ${String(stderr).trim()}`)
  );
}
