/**
 * `npm run release:dry -- [FOLDER]`: the release of docs/releasing.md with a local server in place of the web. Signs a copy of
 * the release in FOLDER (dist/release unless told) with a key made for this run, publishes it with a stand-in for `gh`,
 * installs from it as a user would, and rolls back to it.
 */
import { execFile, execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import {
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { listenOnLoopback } from '../loopback.ts';
import { LATEST } from '../package/catalog.ts';
import { path } from '../paths.ts';
import { makeSecretKey, publicKeyOf } from './signature.ts';

/** Keeps releases as folders: what `publish.sh` asks of GitHub's `gh`. */
const GH = `#!/bin/sh
tag=$3
case $2 in
view) [ -d "$SITE/$tag" ] ;;
create) mkdir "$SITE/$tag" ;;
upload) shift 3; for file; do [ "$file" = --clobber ] || cp "$file" "$SITE/$tag"; done ;;
download)
    to=$5
    shift 5
    # Unquoted: patterns.
    for pattern; do [ "$pattern" = --pattern ] || cp "$SITE/$tag"/$pattern "$to"; done
    ;;
esac
`;

const source = resolve(process.argv[2] ?? path('dist/release'));
const newest = join(source, LATEST, 'latest.json');
if (!existsSync(newest)) throw new Error(`There is no release in ${source}. Make one with: npm run package`);
const { version } = JSON.parse(readFileSync(newest, 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'wasp-release-dry-'));
try {
  const secret = makeSecretKey();
  const [release, site, bin] = ['release', 'site', 'bin'].map((name) => join(work, name)) as [
    string,
    string,
    string,
  ];
  cpSync(source, release, { recursive: true });
  for (const folder of [site, bin]) mkdirSync(folder);
  writeFileSync(join(bin, 'gh'), GH, { mode: 0o755 });
  const env = {
    ...process.env,
    PATH: `${bin}:${process.env.PATH}`,
    SITE: site,
    WASP_RELEASE_KEY: secret,
    WASP_INSTALL_PUBLIC_KEY: publicKeyOf(createPrivateKey(secret)),
  };
  step('sign', process.execPath, [path('scripts/release/sign.ts'), release], env);
  step('publish', 'sh', [path('scripts/release/publish.sh'), release], env);
  await serving(site, async (url) => {
    await tryToInstall(url, env);
    // As after a bad release.
    for (const name of ['latest.json', 'install.sh']) writeFileSync(join(site, LATEST, name), 'exit 1\n');
    step('roll back', 'sh', [path('scripts/release/rollback.sh'), version], env);
    await tryToInstall(url, env);
  });
  console.log(
    `release:dry: version ${version} can be signed, published, installed, and made the newest again`,
  );
} finally {
  rmSync(work, { recursive: true });
}

function step(name: string, command: string, args: string[], env: NodeJS.ProcessEnv): void {
  console.log(`== ${name}`);
  execFileSync(command, args, { env, stdio: 'inherit' });
}

async function tryToInstall(url: string, env: NodeJS.ProcessEnv): Promise<void> {
  console.log(`== install from ${url}`);
  const tried = promisify(execFile)('sh', [path('scripts/release/try-install.sh'), url, version], { env });
  const { stdout, stderr } = await tried;
  process.stdout.write(stdout + stderr);
}

/** Serves a folder on loopback for as long as `action` takes. */
async function serving(folder: string, action: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(({ url = '/' }, response) => {
    const file = join(folder, new URL(url, 'http://any').pathname);
    if (existsSync(file)) createReadStream(file).pipe(response);
    else response.writeHead(404).end();
  });
  const port = await listenOnLoopback(server);
  try {
    await action(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
