/** A failure that the operator can do something about: its message is all that is printed. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}

/** What an error says, in one line; SQLite's and Node's system errors included. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
