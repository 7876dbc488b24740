/** Wasp as package managers lay it out, and what is said when its package for this platform is missing. */
import { chownSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Home } from '../../support/home.ts';
import { installPackage, makeExecutable, PLATFORM_PACKAGE } from '../../support/packages.ts';
import { type Ending, runWasp, type Variables } from '../../support/run-wasp.ts';
import { asUser, describeWithUsers, MALLORY, publicFolder } from '../../support/users.ts';

const VERSION = '0.25.0';
let home: Home;
beforeEach(() => {
  home = new Home();
});

function run(args: string[], cwd = home.project, env: Variables = {}): Promise<Ending> {
  const off = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_TELEMETRY_DISABLE: '1' };
  return runWasp(args, { home, cwd, env: { ...off, PATH: '/usr/bin:/bin', ...env } });
}

/** Wasp's main package alone. */
function installMain(nodeModules: string, version = VERSION, platform: string = version): string {
  const folder = join(nodeModules, '@wasp.sh', 'wasp-cli');
  mkdirSync(folder, { recursive: true });
  const optionalDependencies = { [`@wasp.sh/${PLATFORM_PACKAGE}`]: platform };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: '@wasp.sh/wasp-cli', version, optionalDependencies }),
  );
  return folder;
}

function link(from: string, to: string): void {
  mkdirSync(dirname(from), { recursive: true });
  symlinkSync(relative(dirname(from), to), from);
}

/** As pnpm does: a store in node_modules, and links between its packages. */
function installWithPnpm(project: string): string {
  const store = join(project, 'node_modules', '.pnpm');
  const nodeModulesOf = (name: string) => join(store, `@wasp.sh+${name}@${VERSION}`, 'node_modules');
  const main = installMain(nodeModulesOf('wasp-cli'));
  const platform = installPackage(nodeModulesOf(PLATFORM_PACKAGE), 'FOUND', VERSION);
  link(join(nodeModulesOf('wasp-cli'), '@wasp.sh', PLATFORM_PACKAGE), platform);
  link(join(project, 'node_modules', '@wasp.sh', 'wasp-cli'), main);
  return platform;
}

test.each<[string, (project: string) => unknown]>([
  [
    'npm, in the project',
    (project) => {
      installMain(join(project, 'node_modules'));
      installPackage(join(project, 'node_modules'), 'FOUND');
    },
  ],
  ['npm, in a workspace above', (project) => installPackage(join(dirname(project), 'node_modules'), 'FOUND')],
  [
    'npm, nested',
    (project) => installPackage(join(installMain(join(project, 'node_modules')), 'node_modules'), 'FOUND'),
  ],
  [
    'npm link',
    (project) => {
      const elsewhere = join(dirname(project), 'elsewhere');
      installPackage(join(installMain(elsewhere), 'node_modules'), 'FOUND');
      link(join(project, 'node_modules/@wasp.sh/wasp-cli'), join(elsewhere, '@wasp.sh', 'wasp-cli'));
    },
  ],
  ['pnpm', installWithPnpm],
  [
    'pnpm, with node_modules linked from elsewhere',
    (project) => {
      const other = join(dirname(project), 'other');
      installWithPnpm(other);
      link(join(project, 'node_modules'), join(other, 'node_modules'));
    },
  ],
])('%s: it is found from the project and from a folder in it, with its version', async (_, install) => {
  install(home.project);
  const inside = join(home.project, 'src', 'deep');
  mkdirSync(inside, { recursive: true });
  for (const cwd of [home.project, inside]) {
    expect(await run(['info'], cwd)).toMatchObject({ stdout: 'FOUND info\n', stderr: '', code: 0 });
    expect((await run(['--version'], cwd)).stdout).toMatch(/^wasp {7}0\.25\.0 {2}\(.*\)\n$/m);
  }
});

test('in a project, what lies between the working directory and the project’s root is not looked at', async () => {
  const inside = join(home.project, 'vendor');
  installPackage(join(inside, 'node_modules'), 'VENDORED');
  expect((await run(['info'], inside)).code).toBe(127);
  installPackage(join(home.project, 'node_modules'), 'FOUND');
  expect((await run(['info'], inside)).stdout).toBe('FOUND info\n');
});

describe('the main package without the one for this platform', () => {
  const name = `@wasp.sh/${PLATFORM_PACKAGE}`;

  test('the error names the package and the version to install', async () => {
    const main = installMain(join(home.project, 'node_modules'), '0.24.1');
    const { stderr, code, stdout } = await run(['info']);
    expect([stdout, code]).toEqual(['', 127]);
    expect(stderr).toContain(`passed over: ${main} 0.24.1, because`);
    expect(stderr).toContain(`npm i ${name}@0.24.1\n`);
    expect((await run(['--version'])).stdout).toContain(`npm i ${name}@0.24.1\n`);
  });

  test('the version is the one that the main package asks for', async () => {
    installMain(join(home.project, 'node_modules'), '0.24.1', '0.24.1-1');
    expect((await run(['info'])).stderr).toContain(`npm i ${name}@0.24.1-1\n`);
  });

  test('among npm’s global packages the command is that for global packages', async () => {
    installMain(join(home.folder, 'lib', 'node_modules'));
    const { stderr } = await run(['info'], home.project, { npm_config_prefix: home.folder });
    expect(stderr).toContain(`npm i -g ${name}@0.25.0\n`);
  });

  test('with pnpm too, from the store', async () => {
    rmSync(installWithPnpm(home.project), { recursive: true });
    expect((await run(['info'])).stderr).toContain(`npm i ${name}@0.25.0\n`);
  });

  test('another Wasp is run, and --version tells why not this one', async () => {
    installMain(join(home.project, 'node_modules'));
    const bin = dirname(makeExecutable(join(home.folder, 'bin', 'wasp'), '#!/bin/sh\necho 0.23.0\n'));
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    expect(await run(['version'], home.project, env)).toMatchObject({ stdout: '0.23.0\n', stderr: '' });
    expect((await run(['--version'], home.project, env)).stdout).toMatch(
      /0\.23\.0 .*\npassed over: .* is missing/,
    );
  });

  test.each(['1; rm -rf /', '0.25.0\u001b[2J', 'latest', ''])(
    'a package.json that calls itself %j gives no command and no escape sequence',
    async (version) => {
      installMain(join(home.project, 'node_modules'), version);
      const { stderr } = await run(['info']);
      expect(stderr).toMatch(/^wasp: Wasp itself is not installed/);
      expect(stderr).not.toContain('\u001b');
      expect(stderr).not.toContain('rm -rf');
    },
  );
});

describeWithUsers('pnpm’s links', () => {
  test('are followed as root and as the owner, and not into another user’s store', async () => {
    const place = publicFolder();
    const project = join(place.folder, 'app');
    const platform = installWithPnpm(project);
    const off = {
      WASP_TELEMETRY_URL: 'http://127.0.0.1:9/',
      WASP_TELEMETRY_DISABLE: '1',
      PATH: '/usr/bin:/bin',
    };
    const stdout = async () =>
      (await runWasp(['info'], { home, cwd: project, env: off, program: [...asUser(0), place.wasp] })).stdout;
    expect(await stdout()).toBe('FOUND info\n');
    chownSync(dirname(dirname(platform)), MALLORY, MALLORY);
    expect(await stdout()).toBe('');
  });
});
