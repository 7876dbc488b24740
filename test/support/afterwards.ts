const undo: (() => unknown)[] = [];

/** Has `action` run after the test file, last registered first. */
export function afterwards(action: () => unknown): void {
  undo.push(action);
}

afterAll(async () => {
  for (const action of undo.splice(0).reverse()) await action();
});
