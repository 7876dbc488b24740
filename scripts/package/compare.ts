import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { LATEST, versionFolder } from './catalog.ts';

/** In milliseconds, for one file. */
const LONGEST_DOWNLOAD = 900_000;

/** What a rebuilt release and a published one say of their files. Each list holds names, in order. */
export interface Comparison {
  readonly same: readonly string[];
  readonly different: readonly string[];
  /** Published, and not made here: for want of a tool, say. */
  readonly notMade: readonly string[];
  /** Made here, and not published. */
  readonly notPublished: readonly string[];
}

/**
 * Compares the files of two releases of one version, byte for byte by their checksums: what SHA256SUMS lists on either
 * side, and the installer beside the newest version's catalogue if that version is this one.
 * @param published an address, or a folder; as the installer's WASP_INSTALL_BASE_URL
 * @param rebuilt the folder of the release that was made here
 * Throws if the published checksums can't be read.
 */
export async function compareReleases(
  published: string,
  rebuilt: string,
  version: string,
): Promise<Comparison> {
  const folder = versionFolder(version);
  const theirs = await publishedSums(published, version);
  const ours = parseSums(readFileSync(join(rebuilt, folder, 'SHA256SUMS'), 'utf8'));
  const comparison = { same: [], different: [], notMade: [], notPublished: [] } as Record<
    keyof Comparison,
    string[]
  >;
  for (const name of new Set([...theirs.keys(), ...ours.keys()])) {
    const our = ours.get(name);
    const found = await sumOf(published, `${folder}/${name}`);
    if (!our) comparison.notMade.push(name);
    else if (!found) comparison.notPublished.push(name);
    else if (found !== our || theirs.get(name) !== our) comparison.different.push(name);
    else comparison.same.push(name);
  }
  if (JSON.parse(await read(published, `${LATEST}/latest.json`)).version === version) {
    const installer = `${LATEST}/install.sh`;
    const isSame = (await sumOf(published, installer)) === ours.get('install.sh');
    comparison[isSame ? 'same' : 'different'].push(installer);
  }
  return comparison;
}

/** The checksums that a published release lists, by name. Throws if it lists none, or can't be reached. */
export async function publishedSums(published: string, version: string): Promise<Map<string, string>> {
  return parseSums(await read(published, `${versionFolder(version)}/SHA256SUMS`));
}

async function read(published: string, name: string): Promise<string> {
  const content = await open(published, name);
  if (!content) throw new Error(`${published} has no ${name}.`);
  return text(content);
}

/** The SHA-256 of a published file, undefined if it isn't there. */
async function sumOf(published: string, name: string): Promise<string | undefined> {
  const content = await open(published, name);
  if (!content) return undefined;
  const hash = createHash('sha256');
  for await (const piece of content) hash.update(piece);
  return hash.digest('hex');
}

async function open(published: string, name: string): Promise<Readable | undefined> {
  if (/^https?:/.test(published)) {
    const address = `${published.replace(/\/$/, '')}/${name}`;
    const response = await fetch(address, { signal: AbortSignal.timeout(LONGEST_DOWNLOAD) });
    if (response.status === 404) return undefined;
    if (!response.ok || !response.body) throw new Error(`${address}: ${response.status}`);
    return Readable.from(response.body);
  }
  const file = join(folderOf(published), name);
  return existsSync(file) ? createReadStream(file) : undefined;
}

/** As it was typed: npm runs scripts in the project's folder, and says where it was started itself. */
function folderOf(published: string): string {
  if (published.startsWith('file:')) return fileURLToPath(published);
  return resolve(process.env.INIT_CWD ?? '.', published);
}

function parseSums(sums: string): Map<string, string> {
  const lines = [...sums.matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm)];
  if (lines.length === 0) throw new Error('SHA256SUMS lists no file.');
  return new Map(lines.map(([, sum, name]) => [name as string, sum as string]));
}
