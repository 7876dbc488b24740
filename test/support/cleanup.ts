/** What a test has opened is closed when it ends, last opened first, whether it passed or not. */
export function cleanup(action: () => unknown): void {
  actions.push(action);
}

const actions: (() => unknown)[] = [];

afterEach(async () => {
  for (const action of actions.splice(0).reverse()) await action();
});
