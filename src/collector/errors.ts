/** A failure that the operator can do something about: its message is all that is printed. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}

/** What an error says, in one line; SQLite's and Node's system errors included. */
export function messageOf(error: unknown): string {
  const { message = String(error) } = (error ?? {}) as { message?: string };
  const advice = SQLITE_ADVICE.get(sqliteCode(error) ?? 0);
  return advice === undefined ? message : `${message}: ${advice}`;
}

/**
 * Did this come from outside, from the disk, a file, an address or an option, so that an operator can solve it and a
 * stack would tell nothing?
 */
export function isOperators(error: unknown): boolean {
  if (error instanceof OperatorError || SQLITE_ADVICE.has(sqliteCode(error) ?? 0)) return true;
  const { code, name, syscall } = (error ?? {}) as { code?: unknown; name?: unknown; syscall?: unknown };
  return syscall !== undefined || FOREIGN_CODE.test(String(code)) || EXPECTED_NAMES.has(String(name));
}

/** Is it an error of Node's or of the system's with this code, such as `ENOENT`? */
export function hasCode(error: unknown, code: string): boolean {
  return (error as { code?: unknown } | null | undefined)?.code === code;
}

/** Input that is damaged: zlib's, csv-parse's and OpenSSL's codes. */
const FOREIGN_CODE = /^(?:Z_|CSV_|ERR_OSSL|ERR_SSL|ERR_TLS)/;
/** Known by name, since this lies below the rooms that throw them. */
const EXPECTED_NAMES: ReadonlySet<string> = new Set(['NewerSchemaError']);

/** By SQLite's primary result codes; others are mistakes in our SQL. */
const SQLITE_ADVICE: ReadonlyMap<number, string> = new Map([
  [3, 'may this user read and write the data directory?'],
  [5, 'another process is busy with the store; try again'],
  [6, 'another process is busy with the store; try again'],
  [8, 'may this user write the data directory?'],
  [10, 'look at the disk: is it full, or failing?'],
  [11, 'look at the disk, and restore a backup'],
  [13, 'make room'],
  [14, 'is the data directory there, and may this user write it?'],
  [26, 'collector.db in the data directory is something else, or damaged; restore a backup'],
]);

/** SQLite's primary result code; undefined if it is no error of SQLite's. */
export function sqliteCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null | undefined)?.errcode;
  // The low byte of an extended code repeats the primary one.
  return typeof code === 'number' ? code & 0xff : undefined;
}
