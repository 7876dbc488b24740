import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 64 * 1024;

/**
 * The bytes of a file, pipe or descriptor, which may come slowly but not without end, as those of a device named by
 * mistake do. Throws as `readSync` does, and with a sentence if there are more than `limit` bytes.
 */
export function readAtMost(file: string | number, limit: number): Buffer {
  const descriptor = typeof file === 'number' ? file : openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; size <= limit; ) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const length = readSync(descriptor, chunk, 0, CHUNK, null);
      if (length === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, length));
      size += length;
    }
    throw new Error(`it is larger than ${limit / 1024} KiB`);
  } finally {
    if (typeof file === 'string') closeSync(descriptor);
  }
}
