/**
 * `npm test`: builds what the end-to-end tests run, fetches the real Wasp, runs Jest.
 * Arguments go to Jest: `npm test -- test/handoff`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fetchWasp } from './fetch-wasp.ts';
import { runJest } from './jest.ts';
import { path } from './paths.ts';
import { makeTestRelease } from './test-release.ts';

mkdirSync(path('.cache'), { recursive: true });
fetchWasp();
await import('./build.ts');
await makeTestRelease();
runJest(
  ['--json', `--outputFile=${path('.cache/jest-result.json')}`, ...whatCanNotBeTestedHere()],
  ['inherit', 'ignore', 'inherit'],
);

/** The installer's tests use what installs it: a slim image has neither curl nor wget. .ci/run installs both. */
function whatCanNotBeTestedHere(): string[] {
  const missing = ['curl', 'wget'].filter((name) => spawnSync(name, ['--version']).error);
  if (missing.length === 0) return [];
  console.error(`NOT TESTED, for want of ${missing.join(' and ')}: scripts/install.sh`);
  return ['--testPathIgnorePatterns', '/node_modules/', '/test/e2e/(un)?install'];
}
