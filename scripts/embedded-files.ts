import { gzipSync } from 'node:zlib';
import { fonts, renderer } from '../src/collector/charts/embedded.ts';

/** The module that stands for src/collector/charts/embedded.ts in a bundle, with the same functions. */
export async function embeddedFiles(): Promise<string> {
  const packed = (content: Uint8Array) => JSON.stringify(gzipSync(content, { level: 9 }).toString('base64'));
  const list = (await fonts()).map(packed).join();
  return `import { gunzipSync } from 'node:zlib';
    const unpacked = (text) => gunzipSync(Buffer.from(text, 'base64'));
    export const renderer = async () => unpacked(${packed(await renderer())});
    export const fonts = async () => [${list}].map(unpacked);`;
}
