/**
 * `npm run test:unit`: the tests that need neither an executable nor the real Wasp, so nothing is built first.
 * Arguments go to Jest: `npm run test:unit -- --watch`, `npm run test:unit -- test/protocol`.
 */
import { runJest } from './jest.ts';

// The last option takes one value: what follows it are patterns of the caller's.
runJest(['--testPathIgnorePatterns', '/node_modules/', '/test/e2e/', '--maxWorkers=2']);
