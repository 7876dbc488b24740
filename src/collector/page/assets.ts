import { readdir, readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { variables } from './style-variables.ts';

/** What the page's documents refer to, by path. */
export type Assets = Record<string, { type: string; content: string }>;

/** In this order, since what comes later wins. */
export const STYLES = ['document', 'figures', 'tables', 'matrix', 'beside-the-figures', 'phone', 'paper'];

/**
 * Run from source, each file of the script is served without its types. An executable has no files beside it, so
 * scripts/bundle.ts replaces this module by one that holds them, the script as one file.
 */
export async function pageAssets(): Promise<Assets> {
  const folder = join(import.meta.dirname, 'browser');
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  const modules = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  const scripts = await Promise.all(
    modules.map(async (name) => [name, script(stripTypeScriptTypes(await read(name)))] as const),
  );
  return {
    ...Object.fromEntries(scripts.map(([name, asset]) => [`/${name}`, asset])),
    ...assets({
      script: Object.fromEntries(scripts)['page.ts']?.content ?? '',
      styles: await Promise.all(STYLES.map((name) => read(`style/${name}.css`))),
      icon: await read('icon.svg'),
    }),
  };
}

/** The files that every document refers to. */
export function assets(contents: { script: string; styles: readonly string[]; icon: string }): Assets {
  return {
    '/page.js': script(contents.script),
    '/page.css': { type: 'text/css; charset=utf-8', content: [variables(), ...contents.styles].join('\n') },
    '/icon.svg': { type: 'image/svg+xml', content: contents.icon },
  };
}

function script(content: string): Assets[string] {
  return { type: 'text/javascript; charset=utf-8', content };
}
