import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { OperatorError } from '../errors.ts';

/**
 * The text of a file, a piece at a time: in UTF-8, or in UTF-16 if it begins by saying so, unpacked if its first bytes say
 * that it is gzip. Throws zlib's and Node's errors, and `OperatorError` if it is no text.
 */
export async function* inputText(input: Readable): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const bytes of unpacked(input)) {
    decoder ??= new TextDecoder(encodingOf(bytes));
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder?.decode() ?? '';
}

/** Characters; PostHog takes a million bytes. */
export const LONGEST_RECORD = 4 * 2 ** 20;

/** What is read of a record that isn't complete yet. Throws `OperatorError` if it can't become one any more. */
export function checkedRecord(text: string): string {
  if (text.length <= LONGEST_RECORD) return text;
  throw new OperatorError(
    'a line or record of it is longer than 4 million characters, so it is no export of events',
  );
}

/** Bytes at the beginning in which a zero gives away an archive, a picture or a device. */
const START = 512;

function encodingOf(start: Buffer): string {
  // What Windows' tools write.
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  if (!start.subarray(0, START).includes(0)) return 'utf-8';
  throw new OperatorError(
    'it is no text. Unpack it first, unless it is packed once by gzip; of text, UTF-8 is read',
  );
}

async function* unpacked(input: Readable): AsyncGenerator<Buffer> {
  const chunks = input.iterator();
  let start = Buffer.alloc(0);
  while (start.length < 2) {
    const { value, done } = await chunks.next();
    if (done) break;
    start = Buffer.concat([start, Buffer.from(value)]);
  }
  async function* all(): AsyncGenerator<Buffer> {
    if (start.length > 0) yield start;
    for await (const chunk of chunks) yield Buffer.from(chunk);
  }
  if (start[0] !== 0x1f || start[1] !== 0x8b) yield* all();
  // Errors reach the loop that reads; the callback only keeps them from being unhandled.
  else yield* pipeline(Readable.from(all(), { objectMode: false }), createGunzip(), () => {});
}
