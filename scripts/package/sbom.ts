import { execFileSync } from 'node:child_process';
import packageJson from '../../package.json' with { type: 'json' };
import { path } from '../paths.ts';
import { type BundledPackage, idOf } from './bundled-packages.ts';

/** A component of CycloneDX 1.5, as far as it is the same for every version of npm and wherever the source lies. */
interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: unknown;
  readonly licenses?: unknown;
}

/**
 * What is in the executables, as CycloneDX: what `npm sbom` says of the packages that are really in them, and Node.
 * The same content gives the same bytes: npm's own time, number, version and order are left out, and so is the name of
 * the folder of the source, which npm takes for that of the program. Throws if npm doesn't know a package.
 */
export function makeSbom(packages: readonly BundledPackage[], nodeVersion: string): string {
  const listed = new Map(listComponents().map((component) => [idOf(component), component]));
  const components = packages.map((one) => {
    const component = listed.get(idOf(one));
    if (!component) throw new Error(`npm sbom doesn't know ${idOf(one)}`);
    const { 'bom-ref': ref, type, name, version, purl, hashes, licenses } = component;
    return { 'bom-ref': ref, type, name, version, purl, hashes, licenses };
  });
  const node: Component = {
    'bom-ref': `nodejs@${nodeVersion}`,
    type: 'platform',
    name: 'nodejs',
    version: nodeVersion,
    purl: `pkg:generic/node@${nodeVersion}`,
  };
  const own: Component = {
    'bom-ref': idOf(packageJson),
    type: 'application',
    name: packageJson.name,
    version: packageJson.version,
    purl: `pkg:npm/${idOf(packageJson)}`,
    licenses: [{ license: { id: packageJson.license } }],
  };
  const all = [...components, node];
  const content = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { lifecycles: [{ phase: 'build' }], component: own },
    components: all,
    dependencies: [{ ref: own['bom-ref'], dependsOn: all.map((component) => component['bom-ref']) }],
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** All packages of the lock file, those that are needed for building too. */
function listComponents(): Component[] {
  const printed = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'], {
    cwd: path('.'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64e6,
  });
  return JSON.parse(printed).components;
}
