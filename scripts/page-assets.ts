import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { path } from './paths.ts';

/** The page's script with the chart library, its style and its icon. */
export async function bundlePageAssets(): Promise<Record<string, { type: string; content: string }>> {
  const { outputFiles } = await build({
    entryPoints: [path('src/collector/page/browser/page.ts')],
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    legalComments: 'inline',
    write: false,
    logLevel: 'warning',
  });
  const file = (name: string) => readFile(path(`src/collector/page/browser/${name}`), 'utf8');
  return {
    '/page.js': { type: 'text/javascript; charset=utf-8', content: outputFiles[0]?.text ?? '' },
    '/page.css': { type: 'text/css; charset=utf-8', content: await file('page.css') },
    '/icon.svg': { type: 'image/svg+xml', content: await file('icon.svg') },
  };
}
