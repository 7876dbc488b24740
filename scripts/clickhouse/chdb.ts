/** chDB, a current ClickHouse as a package of npm; too large to be a dependency of this one. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { path } from '../paths.ts';
import { freePorts } from './free-port.ts';
import { startServer } from './process.ts';

const VERSION = '3.4.0';
const FOLDER = path(`.cache/chdb-${VERSION}`);

/** Is it there? */
export function hasChdb(): boolean {
  return existsSync(join(FOLDER, 'node_modules/chdb'));
}

/** Installs it below .cache, unless it is there. @throws npm's failure */
export function fetchChdb(): void {
  if (hasChdb()) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), '{ "name": "chdb-for-tests", "private": true }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--save-exact', `chdb@${VERSION}`], {
    cwd: FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Starts it behind ClickHouse's HTTP interface. */
export async function startChdb() {
  const folder = mkdtempSync(join(tmpdir(), 'wasp-chdb-'));
  const [port = 0] = await freePorts(1);
  const args = [path('scripts/clickhouse/chdb-server.cjs'), FOLDER, join(folder, 'data'), String(port)];
  const server = await startServer(
    process.execPath,
    args,
    folder,
    async () => (await fetch(`http://127.0.0.1:${port}/ping`)).ok,
  );
  return {
    address: `127.0.0.1:${port}`,
    close: async () => {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
