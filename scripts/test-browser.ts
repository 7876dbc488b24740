/**
 * `npm run test:browser`: the morning page in a real Chromium, /usr/bin/chromium or the one that CHROMIUM names.
 * Screenshots are left in .cache/screenshots, to be looked at.
 */
import { spawnSync } from 'node:child_process';
import { path } from './paths.ts';

const jest = spawnSync(
  process.execPath,
  [
    path('node_modules/jest/bin/jest.js'),
    '--testMatch',
    path('test/browser/**/*.browser.ts'),
    '--runInBand',
    // A browser on a busy machine takes its time.
    '--testTimeout=120000',
    ...process.argv.slice(2),
  ],
  {
    cwd: path('.'),
    stdio: 'inherit',
    env: { ...process.env, WASP_TELEMETRY_URL: 'http://127.0.0.1:9/' },
  },
);
process.exitCode = jest.status ?? 1;
