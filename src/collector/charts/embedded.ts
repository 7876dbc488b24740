/**
 * Files that a picture needs beside the program. Run from source they are read from their packages; an executable has
 * none, so scripts/bundle.ts replaces this module by one that holds them.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The WebAssembly that draws PNG. */
export function renderer(): Promise<Uint8Array> {
  return ofPackage('@resvg/resvg-wasm/index_bg.wasm');
}

/** DejaVu Sans, regular and bold. */
export function fonts(): Promise<Uint8Array[]> {
  return Promise.all(
    ['DejaVuSans', 'DejaVuSans-Bold'].map((name) => ofPackage(`dejavu-fonts-ttf/ttf/${name}.ttf`)),
  );
}

function ofPackage(name: string): Promise<Uint8Array> {
  return readFile(createRequire(`${import.meta.dirname}/`).resolve(name));
}
