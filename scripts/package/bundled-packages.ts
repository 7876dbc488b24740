import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { path } from '../paths.ts';

/** A package of npm's of which there is code in a program. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json names it. */
  readonly license: string;
  /** Its licence files' texts, in the order of their names. Empty if it has none. */
  readonly texts: readonly string[];
}

/** The packages that a program really contains, in the order of their names: what esbuild reads for it and keeps. */
export async function bundledPackages(entry: string): Promise<BundledPackage[]> {
  const { metafile } = await build({
    entryPoints: [path(entry)],
    absWorkingDir: path('.'),
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    outdir: path('.cache/bundled'),
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const folders = files.map((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
  const unique = [...new Set(folders.filter((folder) => folder !== undefined))];
  return unique.map(readPackage).sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

/** `name@version`. */
export function idOf({ name, version }: Pick<BundledPackage, 'name' | 'version'>): string {
  return `${name}@${version}`;
}

function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(path(join(folder, 'package.json')), 'utf8'));
  const files = readdirSync(path(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(path(join(folder, file)), 'utf8').trim());
  return { name, version, license: String(license ?? 'unknown'), texts };
}

/**
 * The licences of a program as one text: its own, those of the packages in it, and Node's.
 * @param nodeFolder where the Node that is inside was unpacked
 */
export function licenceTexts(packages: readonly BundledPackage[], nodeFolder: string): string {
  const nodes = join(nodeFolder, 'LICENSE');
  const node = existsSync(nodes)
    ? readFileSync(nodes, 'utf8')
    : 'https://github.com/nodejs/node/blob/main/LICENSE';
  const sections = [
    ["Wasp's front end", readFileSync(path('LICENSE'), 'utf8')],
    ...packages.map((one) => [
      `${idOf(one)} (${one.license})`,
      one.texts.join('\n\n') || `Licence: ${one.license}`,
    ]),
    ['Node.js', node],
  ];
  return sections
    .map(([title, text]) => `${'='.repeat(78)}\n${title}\n${'='.repeat(78)}\n\n${text?.trim()}\n`)
    .join('\n');
}
