/** Tests of what not every machine can show: where it can't, they are skipped, and say loudly that they did not run. */

/** `test`, if it can run here. */
export function testWhere(isPossible: boolean, otherwise: string): typeof test {
  const skipped = (name: string) => {
    console.warn(`NOT TESTED, because ${otherwise}: ${name}`);
    test.skip(name, () => {});
  };
  return isPossible ? test : (skipped as typeof test);
}

/** `describe`, if its tests can run here. */
export function describeWhere(isPossible: boolean, otherwise: string): typeof describe {
  const skipped = (name: string) => {
    console.warn(`NOT TESTED, because ${otherwise}: ${name}`);
    // What its own body prepares can't be prepared here.
    describe.skip(name, () => {
      test(otherwise, () => {});
    });
  };
  return isPossible ? describe : (skipped as unknown as typeof describe);
}

/** What others than root can't set up: files of several users. */
export const testAsRoot = testWhere(process.geteuid?.() === 0, 'this takes root');
