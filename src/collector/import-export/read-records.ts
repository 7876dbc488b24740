import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { isFields } from '../ingest/unwrap.ts';
import type { Format } from './export-events.ts';
import { checkedRecord, inputText, LONGEST_RECORD } from './input-text.ts';
import { jsonValues } from './json-values.ts';
import { recordOfRow } from './parse-record.ts';

/**
 * The records of an export file, one by one; what is no JSON comes as undefined, so that it is counted. `jsonl` takes
 * every form of JSON that PostHog exports: an object per line, an array of them, `{"results": […]}`, pretty-printed or
 * not. Either format may be packed by gzip.
 */
export async function* readRecords(input: Readable, format: Format): AsyncGenerator<unknown> {
  const text = inputText(input);
  if (format === 'csv') {
    const options = {
      ...{ columns: true, bom: true, relax_column_count: true, skip_empty_lines: true },
      max_record_size: LONGEST_RECORD,
    };
    // Errors reach the loop; the callback only keeps them from being unhandled.
    const rows = pipeline(Readable.from(text), parse(options), () => {});
    for await (const row of rows) yield recordOfRow(row);
    return;
  }
  const { start, pieces } = await peeked(text);
  for await (const value of isDocument(start) ? jsonValues(pieces) : lines(pieces)) {
    yield* recordsOf(parsedValue(value));
  }
}

/** Is it one JSON text, as opposed to one per line? Lines are told apart by line, so that a broken one costs only itself. */
function isDocument(start: string): boolean {
  return /^\s*(?:\[|\{\s*\n|\{\s*"(?:results|next|previous|count|detail)"\s*:)/.test(start);
}

/** Enough for `{"results":` and the white space of a pretty-printer. */
const PEEK = 200;

async function peeked(
  text: AsyncGenerator<string>,
): Promise<{ start: string; pieces: AsyncIterable<string> }> {
  let start = '';
  while (start.trimStart().length < PEEK) {
    const { value, done } = await text.next();
    if (done) break;
    start += value;
  }
  async function* pieces(): AsyncGenerator<string> {
    yield start;
    yield* text;
  }
  return { start, pieces: pieces() };
}

async function* lines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const complete = (rest + piece).split('\n');
    rest = checkedRecord(complete.pop() ?? '');
    for (const line of complete) if (line.trim() !== '') yield line;
  }
  if (rest.trim() !== '') yield rest;
}

/** A line may hold several. */
function recordsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isFields(value) && Array.isArray(value.results) ? value.results : [value];
}

function parsedValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
