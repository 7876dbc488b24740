import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameOf, type Platform } from './platforms.ts';

/** Writes `RELEASE-NOTES.md`, what a person has to know about a release's files, and returns its path. */
export function writeReleaseNotes(folder: string, version: string, platforms: readonly Platform[]): string {
  const rows = platforms.map(
    (platform) => `| ${nameOf(platform)} | ${platform.nodeVersion} | ${NEEDS[platform.os]} |`,
  );
  const file = join(folder, 'RELEASE-NOTES.md');
  writeFileSync(
    file,
    `# Wasp's front end ${version}

| archive | Node inside | needs |
|---|---|---|
${rows.join('\n')}

On Debian and Ubuntu the \`.deb\` installs the same executable for all users: \`sudo apt-get install ./FILE.deb\`.

Check a download: \`sha256sum --ignore-missing --check SHA256SUMS\` (macOS: \`shasum -a 256 …\`).

The macOS executables carry an ad-hoc signature, which Apple silicon demands of every executable, and no developer's
certificate. So macOS holds one back that was downloaded with a browser; \`xattr -d com.apple.quarantine wasp\` lets it
start. The installer downloads with curl, which sets no quarantine. If macOS ends it at once ("killed"), sign it anew:
\`codesign --force --sign - wasp\`.
`,
  );
  return file;
}

const NEEDS: Record<Platform['os'], string> = {
  linux: 'glibc 2.28 or newer, libatomic, libstdc++ (not Alpine)',
  darwin: 'macOS 13.5 or newer',
};
