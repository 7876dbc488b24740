import { spawnSync } from 'node:child_process';

/** Can this user mount things that no other process sees? */
export const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

/** What a program is run with to see something else mounted at a path. `mount` is a shell command. */
export function mounted(mount: string): string[] {
  return ['unshare', '--mount', '/bin/sh', '-c', `${mount} && exec "$0" "$@"`];
}

/** A test that needs a mount of its own, or a loud word that it did not run. */
export const testWithMount: typeof test = canMount ? test : (skipped as typeof test);

function skipped(name: string): void {
  console.warn(`NOT TESTED, because this user may not mount: ${name}`);
  test.skip(name, () => {});
}
