/** Packages that this user or another has put on the way to the real Wasp; takes root. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Home } from './home.ts';
import { installPackage } from './packages.ts';
import { type Ending, runWasp, type Variables } from './run-wasp.ts';
import { asUser, publicFolder } from './users.ts';

export const place = publicFolder();
const home = new Home();
const NOTHING_INSTALLED = '/usr/bin:/bin';
let count = 0;

/** A new folder, of that user. */
export function makeFolder(owner: number, mode = 0o755, within = place.folder): string {
  const folder = join(within, `folder-${++count}`);
  mkdirSync(folder);
  own(folder, owner, mode);
  return folder;
}

export function own(file: string, owner: number, mode?: number): void {
  chownSync(file, owner, owner);
  if (mode !== undefined) chmodSync(file, mode);
}

export function ownAll(folder: string, owner: number): void {
  spawnSync('chown', ['-R', `${owner}:${owner}`, folder]);
}

/** A package of that user below `holder`. Returns the parts of it, by their names in these tests. */
export function plant(holder: string, owner: number): Record<string, string> {
  const nodeModules = join(holder, 'node_modules');
  const folder = installPackage(nodeModules, 'PLANTED');
  mkdirSync(join(folder, 'data'), { recursive: true });
  ownAll(nodeModules, owner);
  return {
    holder,
    node_modules: nodeModules,
    scope: join(nodeModules, '@wasp.sh'),
    package: folder,
    program: join(folder, 'wasp-bin'),
    data: join(folder, 'data'),
  };
}

export function runAs(user: number, cwd: string, args: string[], env: Variables = {}): Promise<Ending> {
  const all = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_TELEMETRY_DISABLE: '1', HOME: '/', ...env };
  const program = [...asUser(user), place.wasp];
  return runWasp(args, { home, cwd, program, env: { PATH: NOTHING_INSTALLED, ...all } });
}

/** That the planted program is found and not run, whatever is asked. */
export async function expectPassedOver(
  user: number,
  cwd: string,
  why: RegExp,
  env: Variables = {},
): Promise<void> {
  const { stdout, stderr, code } = await runAs(user, cwd, ['new', 'app'], env);
  expect([stdout, code]).toEqual(['', 127]);
  expect(stderr).toMatch(why);
  const version = await runAs(user, cwd, ['--version'], env);
  expect(version.stdout).toMatch(/not installed/);
  expect(version.stdout).toMatch(why);
  const { stdout: words } = await runAs(user, cwd, ['completion:list'], { ...env, COMP_LINE: 'wasp ' });
  expect(words).toContain('build\n');
  expect(words).not.toContain('PLANTED');
  expect((await runAs(user, cwd, ['telemetry', 'show', 'build'], env)).stdout).not.toContain('PLANTED');
}

export async function expectRun(user: number, cwd: string, env: Variables = {}): Promise<void> {
  expect(await runAs(user, cwd, ['new'], env)).toMatchObject({
    stdout: 'PLANTED new\n',
    stderr: '',
    code: 0,
  });
}
