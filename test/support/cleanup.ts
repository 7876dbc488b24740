/** What tests have opened is closed last opened first, whether they passed or not. */
const afterTheTest: (() => unknown)[] = [];
const afterTheFile: (() => unknown)[] = [];

/** Has `action` run when the test has ended. */
export function cleanup(action: () => unknown): void {
  afterTheTest.push(action);
}

/** Has `action` run after the test file. */
export function afterwards(action: () => unknown): void {
  afterTheFile.push(action);
}

afterEach(() => runAll(afterTheTest));
afterAll(() => runAll(afterTheFile));

/** Runs all of them, also behind one that fails: what is left open would keep later tests from passing. */
async function runAll(actions: (() => unknown)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const action of actions.splice(0).reverse()) {
    try {
      await action();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
