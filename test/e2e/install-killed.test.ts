/** Killed at any instant, the installer leaves the old `wasp` or the new one, and the next installation tidies. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { path } from '../../scripts/paths.ts';
import { Sandbox } from '../support/install/sandbox.ts';
import { shellsToTest } from '../support/install/shells.ts';
import { makeTinyRelease, TINY } from '../support/install/tiny-release.ts';

const OLD = "#!/bin/sh\necho 'front end  0.9.0'\n";
const SIGNALS = ['SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGPIPE'] as const;
test.each(shellsToTest())('at 25 random instants under %s', async (shell) => {
  const seed = Date.now();
  process.stderr.write(`seed ${seed}\n`);
  const random = xoroshiro128plus(seed);
  const below = (limit: number) => (random.next() >>> 0) % limit;
  using sandbox = new Sandbox(shell);
  const env = sandbox.env({
    WASP_TELEMETRY_DISABLE: '',
    WASP_INSTALL_BASE_URL: await makeTinyRelease(sandbox.home, '0.25.0'),
  });
  mkdirSync(sandbox.binDir, { recursive: true });
  writeFileSync(sandbox.wasp, OLD, { mode: 0o755 });
  // How long one takes on this machine now, in milliseconds: the instants are spread over all of it.
  const start = Date.now();
  expect((await sandbox.install(['--force'], env)).code).toBe(0);
  const duration = Date.now() - start;
  writeFileSync(sandbox.wasp, OLD, { mode: 0o755 });
  const seen = new Set<string | undefined>();
  for (let round = 0; round < 25; round++) {
    const [file = '', ...args] = [...sandbox.shellCommand(), path('scripts/install.sh'), '--force'];
    // A group of its own, so that Ctrl-C's signals reach what the installer has started.
    const installer = spawn(file, args, { env, stdio: 'ignore', detached: true });
    const ended = once(installer, 'exit');
    // The instant is what is random here; nothing is waited for.
    await Promise.race([after(below(duration)), ended]);
    const signal = SIGNALS[below(SIGNALS.length)] as NodeJS.Signals;
    if (installer.exitCode === null)
      process.kill(below(2) ? -(installer.pid as number) : (installer.pid as number), signal);
    await ended;
    const version = sandbox.installedVersion();
    seen.add(version);
    expect(['0.9.0', TINY]).toContain(version);
    const content = readFileSync(sandbox.wasp, 'utf8');
    expect(content === OLD || content.endsWith("'\n")).toBe(true);
    if (version === TINY) writeFileSync(sandbox.wasp, OLD, { mode: 0o755 });
  }
  expect(seen.has('0.9.0')).toBe(true);
  const last = await sandbox.install(['--force'], env);
  expect([last.code, last.stderr]).toEqual([0, '']);
  expect(sandbox.binDirContent()).toEqual(['wasp']);
});
