import { build, type Plugin } from 'esbuild';
import { bundlePageAssets } from './page-assets.ts';
import { path } from './paths.ts';

/** Bundles a program with everything that it imports into one CommonJS file, which is what a standalone executable can hold. */
export async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [path(entry)],
    outfile: path(outfile),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minifySyntax: true,
    legalComments: 'linked',
    // A native import() doesn't work in an executable with a code cache. Lowered, it evaluates a module on first use.
    supported: { 'dynamic-import': false },
    plugins: [lazyChildProcess, pageAssets],
    logLevel: 'warning',
  });
}

/** Commander imports child_process for a feature that isn't used here. It takes 2 ms to load, so it waits until then. */
const lazyChildProcess: Plugin = {
  name: 'lazy child_process for commander',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^node:child_process$/ }, ({ importer, path }) =>
      /node_modules[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'lazy' } : undefined,
    );
    esbuild.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => process.getBuiltinModule('${path}')[name] });`,
    }));
  },
};

/** The morning page's script and style travel inside the collector, which has no files beside it. */
const pageAssets: Plugin = {
  name: 'the page’s assets',
  setup(esbuild) {
    esbuild.onLoad({ filter: /[\\/]collector[\\/]page[\\/]assets\.ts$/ }, async () => ({
      contents: `export const pageAssets = async () => (${JSON.stringify(await bundlePageAssets())});`,
    }));
  },
};
