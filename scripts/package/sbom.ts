import { execFileSync } from 'node:child_process';
import { path } from '../paths.ts';
import { type BundledPackage, idOf } from './bundled-packages.ts';

interface Component {
  readonly name: string;
  readonly version: string;
  readonly 'bom-ref': string;
}

/**
 * What is in the executables, as CycloneDX: what `npm sbom` says of the packages that are really in them, and Node. Without
 * the time and the number that npm gives each list, so that the same content gives the same bytes.
 */
export function makeSbom(packages: readonly BundledPackage[], nodeVersion: string): string {
  const printed = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'], {
    cwd: path('.'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64e6,
  });
  const { serialNumber: _, ...all } = JSON.parse(printed);
  const { timestamp: __, ...metadata } = all.metadata;
  const wanted = new Set(packages.map(idOf));
  const components = (all.components as Component[]).filter((component) => wanted.has(idOf(component)));
  const missing = [...wanted].filter((id) => !components.some((component) => idOf(component) === id));
  if (missing.length > 0) throw new Error(`npm sbom doesn't know ${missing.join(', ')}`);
  const node = {
    'bom-ref': `nodejs@${nodeVersion}`,
    type: 'platform',
    name: 'nodejs',
    version: nodeVersion,
    purl: `pkg:generic/node@${nodeVersion}`,
  };
  const refs = [...components.map((component) => component['bom-ref']), node['bom-ref']];
  const own = metadata.component['bom-ref'];
  const content = {
    ...all,
    metadata,
    components: [...components, node],
    dependencies: [{ ref: own, dependsOn: refs }],
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
