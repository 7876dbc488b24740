import { isClickHouseAddress } from '../clickhouse/address.ts';
import { messageOf } from '../errors.ts';
import { type Note, readNotes } from '../notes.ts';

/** The notes in that data directory; a ClickHouse has none. Without them the numbers are as good: what is wrong is said. */
export function notesBeside(data: string): Note[] {
  if (isClickHouseAddress(data)) return [];
  try {
    return readNotes(data);
  } catch (error) {
    process.stderr.write(`wasp-collector: without the notes: ${messageOf(error)}\n`);
    return [];
  }
}
