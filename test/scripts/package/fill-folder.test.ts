import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillFolder } from '../../../scripts/package/fill-folder.ts';

test('what becomes an archive has the same modes whatever the umask of the build is', () => {
  const parent = mkdtempSync(join(tmpdir(), 'wasp-fill-'));
  const before = process.umask(0o077);
  try {
    mkdirSync(join(parent, 'node'));
    writeFileSync(join(parent, 'node/LICENSE'), 'a licence');
    writeFileSync(join(parent, 'program'), 'a program');
    const folder = fillFolder({
      folder: join(parent, 'filled'),
      executable: join(parent, 'program'),
      nodeFolder: join(parent, 'node'),
      texts: { 'LICENSES.txt': 'licences' },
    });
    const mode = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8);
    expect(['', 'wasp', 'README.md', 'LICENSE.node', 'LICENSES.txt'].map(mode)).toEqual([
      ...['755', '755', '644', '644', '644'],
    ]);
  } finally {
    process.umask(before);
    rmSync(parent, { recursive: true });
  }
});
