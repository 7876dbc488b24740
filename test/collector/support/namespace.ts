import { spawnSync } from 'node:child_process';

/** Runs a command in namespaces of its own, where it may mount; `sh -c` text and its arguments follow. */
export const UNSHARE = ['unshare', '--map-root-user', '--mount', '--net'];

/** Undefined, or why this machine doesn't let us: inside many containers, or not Linux. */
export function namespacesMissing(): string | undefined {
  const [command = '', ...args] = UNSHARE;
  const { status, error, stderr } = spawnSync(command, [...args, 'sh', '-c', 'mount -t tmpfs none /mnt']);
  if (error) return error.message;
  return status === 0 ? undefined : String(stderr).trim();
}

/** `test`, or a skipped test whose name says why and where it is run instead. */
export function testInNamespace(name: string, body: () => Promise<void>, timeout?: number): void {
  const missing = namespacesMissing();
  if (missing === undefined) test(name, body, timeout);
  else
    test.skip(`${name} — NOT TESTED HERE, namespaces are not permitted (${missing}); .ci/run tests it`, body);
}
