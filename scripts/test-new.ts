/**
 * `npm run test:new`: the real Wasp creates real projects, bare and through the front end. It needs the npm registry
 * and two minutes, so `npm test` does without.
 */
import { fetchWasp } from './fetch-wasp.ts';
import { runJest } from './jest.ts';
import { path } from './paths.ts';

fetchWasp();
await import('./build.ts');
runJest(['--testMatch', path('test/new/**/*.new.ts')]);
