import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The text of a file in UTF-8, a piece at a time, unpacked if its first bytes say that it is gzip. Throws zlib's and Node's errors. */
export async function* inputText(input: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const bytes of unpacked(input)) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
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
