import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseFile } from './archive.ts';

/** The folder of a version's files, inside a release folder. */
export function versionFolder(version: string): string {
  return `v${version}`;
}

/** The folder of what is the newest: `latest.json` and the installer. Beside the versions', as on GitHub's releases. */
export const LATEST = 'latest';

/** Writes `v<version>/SHA256SUMS`, as sha256sum does: the installer and `sha256sum --check` read it. */
export function writeSums(release: string, version: string, files: readonly ReleaseFile[]): void {
  const folder = join(release, versionFolder(version));
  mkdirSync(folder, { recursive: true });
  const lines = files.map(({ sha256, name }) => `${sha256}  ${name}\n`);
  writeFileSync(join(folder, 'SHA256SUMS'), lines.join(''));
}

/**
 * Writes `latest/latest.json`: which version is the newest, and its files. The installer reads it with sed, so every key and
 * every file has a line of its own.
 */
export function writeLatest(release: string, version: string, files: readonly ReleaseFile[]): void {
  const entries = files.map(({ name, size, sha256 }) =>
    JSON.stringify({ path: `${versionFolder(version)}/${name}`, size, sha256 }),
  );
  const lines = ['{', `  "version": ${JSON.stringify(version)},`, '  "files": ['];
  lines.push(entries.map((entry) => `    ${entry}`).join(',\n'), '  ]', '}', '');
  mkdirSync(join(release, LATEST), { recursive: true });
  writeFileSync(join(release, LATEST, 'latest.json'), lines.join('\n'));
}
