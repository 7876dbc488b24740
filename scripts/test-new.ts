/**
 * `npm run test:new`: the real Wasp creates real projects, bare and through the front end. It needs the npm registry
 * and two minutes, so `npm test` does without.
 */
import { spawnSync } from 'node:child_process';
import { fetchWasp } from './fetch-wasp.ts';
import { path } from './paths.ts';

fetchWasp();
await import('./build.ts');
const jest = spawnSync(
  process.execPath,
  [
    path('node_modules/jest/bin/jest.js'),
    '--testMatch',
    path('test/new/**/*.new.ts'),
    ...process.argv.slice(2),
  ],
  {
    cwd: path('.'),
    stdio: 'inherit',
    env: { ...process.env, WASP_TELEMETRY_URL: 'http://127.0.0.1:9/' },
  },
);
process.exitCode = jest.status ?? 1;
