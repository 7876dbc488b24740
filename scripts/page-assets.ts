import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { type Assets, assets, STYLES } from '../src/collector/page/assets.ts';
import { path } from './paths.ts';

/** The page's script as one file, its style and its icon. */
export async function bundlePageAssets(): Promise<Assets> {
  const { outputFiles } = await build({
    entryPoints: [path('src/collector/page/browser/page.ts')],
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    legalComments: 'inline',
    write: false,
    logLevel: 'warning',
  });
  const read = (name: string) => readFile(path(`src/collector/page/browser/${name}`), 'utf8');
  return assets({
    script: outputFiles[0]?.text ?? '',
    styles: await Promise.all(STYLES.map((name) => read(`style/${name}.css`))),
    icon: await read('icon.svg'),
  });
}
