/** An SVG that stands on its own → PNG, with the font in the executable: what the machine has doesn't matter. */
import type * as resvgModule from '@resvg/resvg-wasm';
import { fonts, renderer } from './embedded.ts';

let ready: Promise<typeof resvgModule> | undefined;

/** `width` in pixels; the height follows. Rejects if the SVG can't be read. */
export async function pngOf(svg: string, width: number): Promise<Uint8Array> {
  ready ??= load();
  const { Resvg } = await ready;
  const picture = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: { fontBuffers: await fonts(), defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  });
  try {
    return picture.render().asPng();
  } finally {
    picture.free();
  }
}

async function load(): Promise<typeof resvgModule> {
  const resvg = await import('@resvg/resvg-wasm');
  await resvg.initWasm(await renderer());
  return resvg;
}
