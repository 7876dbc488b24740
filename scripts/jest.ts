import { type StdioOptions, spawnSync } from 'node:child_process';
import { path } from './paths.ts';

/** Runs Jest with these arguments and those of this process, whose exit code it sets. */
export function runJest(args: readonly string[], stdio: StdioOptions = 'inherit'): void {
  const { status } = spawnSync(
    process.execPath,
    [path('node_modules/jest/bin/jest.js'), ...args, ...process.argv.slice(2)],
    {
      cwd: path('.'),
      stdio,
      // The discard port: whatever a test forgets to point elsewhere is refused on this machine.
      env: { ...process.env, WASP_TELEMETRY_URL: 'http://127.0.0.1:9/' },
    },
  );
  process.exitCode = status ?? 1;
}
