import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Format } from './export-events.ts';
import { recordOfRow } from './parse-record.ts';

/** The records of an export file, one by one; a line that is no JSON comes as undefined, so that it is counted. */
export async function* readRecords(input: Readable, format: Format): AsyncGenerator<unknown> {
  if (format === 'csv') {
    const rows = input.pipe(
      parse({ columns: true, bom: true, relax_column_count: true, skip_empty_lines: true }),
    );
    for await (const row of rows) yield recordOfRow(row);
    return;
  }
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') yield parsedLine(line);
  }
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
