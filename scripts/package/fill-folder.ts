import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { path } from '../paths.ts';

/**
 * Makes the folder that becomes an archive: the executable, our licence, that of the Node which is inside it, and README.
 * @param nodeFolder where that Node was unpacked
 * @param texts more files, by name
 */
export function fillFolder({
  folder,
  executable,
  nodeFolder,
  texts = {},
}: {
  folder: string;
  executable: string;
  nodeFolder: string;
  texts?: Record<string, string>;
}): string {
  const content: Record<string, string> = {
    wasp: executable,
    LICENSE: path('LICENSE'),
    'LICENSE.node': join(nodeFolder, 'LICENSE'),
    'README.md': path('README.md'),
  };
  mkdirSync(folder, { recursive: true });
  for (const [name, source] of Object.entries(content)) {
    if (existsSync(source)) copyFileSync(source, join(folder, name));
    else console.log(`${source} is missing, so the archive has no ${name}`);
  }
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  // Whatever the umask of the build is, and the modes of what was copied.
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), name === 'wasp' ? 0o755 : 0o644);
  chmodSync(folder, 0o755);
  return folder;
}
