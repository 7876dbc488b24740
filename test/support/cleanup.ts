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

async function runAll(actions: (() => unknown)[]): Promise<void> {
  for (const action of actions.splice(0).reverse()) await action();
}
