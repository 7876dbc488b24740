import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { builtInMessages } from './built-in-messages.ts';
import { embeddedFiles } from './embedded-files.ts';
import { bundledPackages, licenceTexts } from './package/bundled-packages.ts';
import { bundlePageAssets } from './page-assets.ts';
import { path } from './paths.ts';

const COMMON: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node26',
  format: 'cjs',
  minifySyntax: true,
  // A native import() doesn't work from a standalone executable. Lowered, it evaluates a module on first use.
  supported: { 'dynamic-import': false },
  logLevel: 'warning',
};

/** Bundles a program with everything that it imports into one CommonJS file. */
export async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    ...COMMON,
    define: builtInMessages(process.env),
    entryPoints: [path(entry)],
    outfile: path(outfile),
    // A character outside Latin-1 would double what V8 keeps of the text; names stay, for stack traces.
    charset: 'ascii',
    minifyWhitespace: true,
    plugins: [lazyChildProcess, lessForGot, pageAssets, embedded, licences],
  });
}

/**
 * Bundles a program into parts, for bin/standalone.cjs: `main`, and one part for each own module that is imported
 * dynamically. Returns the files by part name, in the order of names. Throws if two modules would have one name.
 */
export async function bundleParts(entry: string, folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const waiting = new Map([['main', path(entry)]]);
  for (const [name, source] of waiting) {
    const outfile = path(join(folder, `${name}.js`));
    await build({
      ...COMMON,
      define: builtInMessages(process.env),
      entryPoints: [source],
      outfile,
      charset: 'ascii',
      // Less to read at every start: 0.5 ms. Names stay, so that a stack trace still says something.
      minifyWhitespace: true,
      // Nothing may precede the wrapper, which bin/standalone.cjs calls.
      banner: { js: '(function (require, module, exports, loadPart) {' },
      footer: { js: '})' },
      plugins: [
        lazyChildProcess,
        lessForGot,
        withoutShebang,
        licences,
        splitAtDynamicImports(waiting),
        ...(name === 'main' ? [requireOnce] : []),
      ],
    });
    files.set(name, outfile);
  }
  // The order in which imports were met differs from build to build.
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Leaves each own module that is imported dynamically to a part of its own. */
function splitAtDynamicImports(parts: Map<string, string>): Plugin {
  return {
    name: 'split at dynamic imports',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import' || resolveDir.includes('node_modules')) return undefined;
        const source = join(resolveDir, path);
        return { path: addPart(parts, source), namespace: 'part' };
      });
      esbuild.onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) => ({
        contents: `module.exports = loadPart('${path}');`,
      }));
    },
  };
}

/** Adds a module to the parts, by its path: `src/front-end/sender/run.ts` is front-end-sender-run. Returns the name. */
function addPart(parts: Map<string, string>, source: string): string {
  const name = relative(path('src'), source)
    .replace(/\.ts$/, '')
    .replace(/[^\w]+/g, '-');
  for (const [otherName, other] of parts) {
    // Not every file system keeps two names apart that differ in case only.
    if (other === source || otherName.toLowerCase() !== name.toLowerCase()) continue;
    throw new Error(`Two modules would be the part ${name}: ${other} and ${source}. Rename one of them.`);
  }
  parts.set(name, source);
  return name;
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

/**
 * Got loads HTTP/2, which it uses only if asked to, and looks whether a body is a FormData, for which Node loads all of
 * fetch: 5 and 15 ms of the way to the wire.
 */
const lessForGot: Plugin = {
  name: 'less for got',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^node:http2$/ }, ({ importer, path }) =>
      /node_modules[\\/]got[\\/]/.test(importer) ? { path, namespace: 'no HTTP/2' } : undefined,
    );
    esbuild.onLoad({ filter: /.*/, namespace: 'no HTTP/2' }, () => ({
      contents:
        'export class Http2ServerResponse {} export const constants = {}; export default { constants };',
    }));
    esbuild.onLoad({ filter: /[\\/]got[\\/]dist[\\/]source[\\/]core[\\/]index\.js$/ }, async ({ path }) => ({
      contents: `class FormData {}\n${await readFile(path, 'utf8')}`,
    }));
  },
};

/**
 * For each file that imports a built-in module as a whole, esbuild makes an object with all of the module's properties.
 * For the twenty files on the way to the hand-off that takes 0.6 ms; sharing the module takes none.
 */
const requireOnce: Plugin = {
  name: 'require built-in modules once',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^node:(fs|os|path|process)$/ }, ({ kind, path }) =>
      kind === 'import-statement' ? { path, namespace: 'built-in' } : undefined,
    );
    esbuild.onLoad({ filter: /.*/, namespace: 'built-in' }, ({ path }) => ({
      contents: `export default require('${path}');`,
    }));
  },
};

const withoutShebang: Plugin = {
  name: 'without #!',
  setup(esbuild) {
    esbuild.onLoad({ filter: /[\\/]bin[\\/][\w-]+\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/^#!.*/, ''),
      loader: 'ts',
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

/** So do the font and the WebAssembly that pictures are made with, packed: most runs never unpack them. */
const embedded: Plugin = {
  name: 'files for pictures',
  setup(esbuild) {
    esbuild.onLoad({ filter: /[\\/]collector[\\/]charts[\\/]embedded\.ts$/ }, async () => ({
      contents: await embeddedFiles(),
    }));
  },
};

/** `wasp --licenses` has nothing beside it to read. */
const licences: Plugin = {
  name: 'licences',
  setup(esbuild) {
    esbuild.onLoad({ filter: /[\\/]front-end[\\/]commands[\\/]licence-texts\.ts$/ }, async () => {
      const text = licenceTexts(await bundledPackages('bin/wasp.ts'), dirname(dirname(process.execPath)));
      return { contents: `export const LICENCE_TEXTS = ${JSON.stringify(text)};` };
    });
  },
};
