/** Signatures and keys that a program of others makes; not everywhere is there one. */
import { spawnSync } from 'node:child_process';

const isHere = spawnSync('openssl', ['version']).status === 0;

/** Tests that need OpenSSL's program, or a loud word that they did not run. */
export const testWithOpenssl: typeof test = isHere ? test : (skippedTest as typeof test);
export const describeWithOpenssl: typeof describe = isHere
  ? describe
  : (skipped as unknown as typeof describe);

function skippedTest(name: string): void {
  console.warn(`NOT TESTED, because openssl is not installed here: ${name}`);
  test.skip(name, () => {});
}

function skipped(name: string): void {
  console.warn(`NOT TESTED, because openssl is not installed here: ${name}`);
  describe.skip(name, () => {
    test('takes openssl', () => {});
  });
}
