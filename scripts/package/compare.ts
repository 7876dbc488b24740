import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a rebuilt release and a published one say of their files. Each list holds names, in the published order. */
export interface Comparison {
  readonly same: readonly string[];
  readonly different: readonly string[];
  /** Published, and not made here: for want of a tool, say. */
  readonly missing: readonly string[];
}

/**
 * Compares the checksums of two releases of one version.
 * @param published an address, or a folder; as the installer's WASP_INSTALL_BASE_URL
 * @param rebuilt the folder of the release that was made here
 * Throws if the published checksums can't be read.
 */
export async function compareReleases(
  published: string,
  rebuilt: string,
  version: string,
): Promise<Comparison> {
  const theirs = parseSums(await read(published, `v${version}/SHA256SUMS`));
  const ours = parseSums(readFileSync(join(rebuilt, `v${version}/SHA256SUMS`), 'utf8'));
  const names = [...theirs.keys()];
  return {
    same: names.filter((name) => ours.get(name) === theirs.get(name)),
    different: names.filter((name) => ours.has(name) && ours.get(name) !== theirs.get(name)),
    missing: names.filter((name) => !ours.has(name)),
  };
}

async function read(published: string, name: string): Promise<string> {
  if (existsSync(published)) return readFileSync(join(published, name), 'utf8');
  const address = `${published.replace(/\/$/, '')}/${name}`;
  const response = await fetch(address, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

function parseSums(text: string): Map<string, string> {
  const sums = [...text.matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm)];
  if (sums.length === 0) throw new Error('SHA256SUMS lists no file.');
  return new Map(sums.map(([, sum, name]) => [name as string, sum as string]));
}
