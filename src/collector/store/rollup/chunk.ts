/**
 * The rollups' unit: reports of one UTC day, kind and environment, one column per question.
 * Times are kept to the quarter hour; `quarter-hours.ts` says why.
 */
import type { Kind } from '../../kinds.ts';

/** The columns; row `i` of a chunk is `quarterHour[i]`, `user[i]`, `project[i]`, `dimensions[i]`. */
export interface Columns {
  /** Quarter hour of the day, 0 to 95. */
  quarterHour: Uint8Array;
  /** The number of the user. */
  user: Uint32Array;
  /** The number of the project, 0 for none. */
  project: Uint32Array;
  /** `rollup_dimensions.id`: everything about the report that is neither who nor when. */
  dimensions: Uint32Array;
}

export interface Chunk extends Columns {
  /** Days since 1970-01-01 UTC. */
  day: number;
  kind: Kind;
  /** Index into `ENVIRONMENTS`. */
  environment: number;
  rows: number;
}

/** A column as it lies in the database: little-endian, like every machine that Node is published for. */
export function toBytes(column: Uint8Array | Uint32Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

/** A column of 32-bit numbers, without copying where the bytes happen to be aligned. */
export function toNumbers(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

/**
 * The rows in the order of users, those of one user as they were. A report reads a chunk user by user, and what
 * it keeps about each lies side by side then: half the time.
 */
export function byUser(columns: Columns): Columns {
  const { user } = columns;
  if (isSorted(user)) return columns;
  // User and row in one number, since numbers are sorted ten times as fast as anything with a comparator.
  const order = new Float64Array(user.length);
  for (let row = 0; row < order.length; row += 1) order[row] = (user[row] as number) * MOST_ROWS + row;
  order.sort();
  for (let row = 0; row < order.length; row += 1) order[row] = (order[row] as number) % MOST_ROWS;
  return picked(columns, order);
}

/** These rows, in this order. */
function picked({ quarterHour, user, project, dimensions }: Columns, rows: ArrayLike<number>): Columns {
  return {
    quarterHour: copied(new Uint8Array(rows.length), quarterHour, rows),
    user: copied(new Uint32Array(rows.length), user, rows),
    project: copied(new Uint32Array(rows.length), project, rows),
    dimensions: copied(new Uint32Array(rows.length), dimensions, rows),
  };
}

function copied<Column extends Uint8Array | Uint32Array>(
  into: Column,
  from: Column,
  rows: ArrayLike<number>,
): Column {
  for (let index = 0; index < rows.length; index += 1) into[index] = from[rows[index] as number] as number;
  return into;
}

function isSorted(numbers: Uint32Array): boolean {
  for (let index = 1; index < numbers.length; index += 1) {
    if ((numbers[index - 1] as number) > (numbers[index] as number)) return false;
  }
  return true;
}

/** More than a chunk ever has; with a user's 32 bits still exact in a floating-point number. */
const MOST_ROWS = 2 ** 20;

/** Both one after the other. */
export function joined(a: Columns, b: Columns): Columns {
  return {
    quarterHour: Uint8Array.from(Buffer.concat([a.quarterHour, b.quarterHour])),
    user: concatenated(a.user, b.user),
    project: concatenated(a.project, b.project),
    dimensions: concatenated(a.dimensions, b.dimensions),
  };
}

function concatenated(a: Uint32Array, b: Uint32Array): Uint32Array {
  const both = new Uint32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** The rows for which `keep` holds. */
export function filtered(columns: Columns, keep: (user: number) => boolean): Columns {
  const rows = [...columns.user.keys()].filter((row) => keep(columns.user[row] as number));
  return picked(columns, rows);
}
