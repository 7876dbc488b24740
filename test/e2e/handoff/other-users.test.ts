/** No program runs that another user has put on the way to the real Wasp. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Home } from '../../support/home.ts';
import { installPackage } from '../../support/packages.ts';
import { type Ending, runWasp, type Variables } from '../../support/run-wasp.ts';
import { ALICE, asUser, describeWithUsers, MALLORY, publicFolder } from '../../support/users.ts';

const place = publicFolder();
const home = new Home();
const NOTHING_INSTALLED = '/usr/bin:/bin';
let count = 0;

/** A new folder, of that user. */
function makeFolder(owner: number, mode = 0o755, within = place.folder): string {
  const folder = join(within, `folder-${++count}`);
  mkdirSync(folder);
  own(folder, owner, mode);
  return folder;
}

function own(file: string, owner: number, mode?: number): void {
  chownSync(file, owner, owner);
  if (mode !== undefined) chmodSync(file, mode);
}

function ownAll(folder: string, owner: number): void {
  spawnSync('chown', ['-R', `${owner}:${owner}`, folder]);
}

/** A package of that user below `holder`. Returns the parts of it, by their names in these tests. */
function plant(holder: string, owner: number): Record<string, string> {
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

function run(user: number, cwd: string, args: string[], env: Variables = {}): Promise<Ending> {
  const all = { WASP_TELEMETRY_URL: 'http://127.0.0.1:9/', WASP_TELEMETRY_DISABLE: '1', HOME: '/', ...env };
  const program = [...asUser(user), place.wasp];
  return runWasp(args, { home, cwd, program, env: { PATH: NOTHING_INSTALLED, ...all } });
}

async function expectPassedOver(user: number, cwd: string, why: RegExp): Promise<void> {
  const { stdout, stderr, code } = await run(user, cwd, ['new', 'app']);
  expect([stdout, code]).toEqual(['', 127]);
  expect(stderr).toMatch(why);
  const version = await run(user, cwd, ['--version']);
  expect(version.stdout).toMatch(/not installed/);
  expect(version.stdout).toMatch(why);
  const { stdout: words } = await run(user, cwd, ['completion:list'], { COMP_LINE: 'wasp ' });
  expect(words).toContain('build\n');
  expect(words).not.toContain('PLANTED');
  expect((await run(user, cwd, ['telemetry', 'show', 'build'])).stdout).not.toContain('PLANTED');
}

async function expectRun(user: number, cwd: string): Promise<void> {
  expect(await run(user, cwd, ['new'])).toMatchObject({ stdout: 'PLANTED new\n', stderr: '', code: 0 });
}

describeWithUsers('another user’s package', () => {
  test.each([
    ['root', 0],
    ['a user', ALICE],
  ])('in a sticky folder that all may write is not run by %s below it', async (_, user) => {
    const tmp = makeFolder(0, 0o1777);
    const { program } = plant(tmp, MALLORY);
    const cwd = makeFolder(user, 0o755, tmp);
    await expectPassedOver(
      user,
      cwd,
      new RegExp(`passed over: ${program}, because every user can write ${tmp}`),
    );
  });

  test('in a folder of that user above is named with its owner', async () => {
    const foreign = makeFolder(MALLORY);
    plant(foreign, MALLORY);
    const cwd = makeFolder(ALICE, 0o755, foreign);
    await expectPassedOver(
      ALICE,
      cwd,
      new RegExp(`because ${foreign} belongs to another user \\(uid ${MALLORY}\\)`),
    );
  });

  test.each(['node_modules', 'scope', 'package', 'program', 'data'])(
    'is not run if only the %s is that user’s, nor if that user can write it',
    async (part) => {
      const project = makeFolder(ALICE);
      const file = plant(project, ALICE)[part] as string;
      await expectRun(ALICE, project);
      own(file, MALLORY);
      await expectPassedOver(ALICE, project, new RegExp(`because ${file} belongs to another user`));
      own(file, ALICE, 0o777);
      await expectPassedOver(ALICE, project, new RegExp(`because every user can write ${file}`));
    },
  );

  test.each(['node_modules', 'scope', 'package', 'program', 'data'])(
    'is not run if a link leads to it from the %s',
    async (part) => {
      const project = makeFolder(ALICE);
      const file = plant(project, ALICE)[part] as string;
      const elsewhere = makeFolder(MALLORY);
      renameSync(file, join(elsewhere, 'target'));
      own(join(elsewhere, 'target'), MALLORY);
      symlinkSync(join(elsewhere, 'target'), file);
      await expectPassedOver(ALICE, project, /belongs to another user/);
    },
  );

  test('is not run through a link whose target lies where that user can replace it', async () => {
    const project = makeFolder(ALICE);
    const { package: folder } = plant(project, ALICE);
    const elsewhere = makeFolder(MALLORY);
    renameSync(folder as string, join(elsewhere, 'target'));
    symlinkSync(`../../../${elsewhere.slice(place.folder.length + 1)}/target`, folder as string);
    await expectPassedOver(ALICE, project, new RegExp(`${elsewhere} belongs to another user`));
  });

  test('is not run if the group that may write has other members', async () => {
    const project = makeFolder(ALICE);
    const { node_modules } = plant(project, ALICE);
    // The group of the user `daemon`, on all systems.
    chownSync(node_modules as string, ALICE, 1);
    chmodSync(node_modules as string, 0o775);
    await expectPassedOver(ALICE, project, new RegExp(`other users of group 1 can write ${node_modules}`));
  });

  test('is passed over for the next one that may be run', async () => {
    const tmp = makeFolder(0, 0o1777);
    plant(tmp, MALLORY);
    const cwd = makeFolder(ALICE, 0o755, tmp);
    const prefix = makeFolder(ALICE);
    installPackage(join(prefix, 'lib', 'node_modules'), 'GLOBAL');
    ownAll(prefix, ALICE);
    const env = { npm_config_prefix: prefix };
    expect(await run(ALICE, cwd, ['new'], env)).toMatchObject({
      stdout: 'GLOBAL new\n',
      stderr: '',
      code: 0,
    });
    expect((await run(ALICE, cwd, ['--version'], env)).stdout).toMatch(
      /0\.25\.0 .*\npassed over: .*every user/,
    );
  });
});

describeWithUsers('a package is run', () => {
  test('of the user, of root, and through links that both have made', async () => {
    const project = makeFolder(ALICE);
    plant(project, ALICE);
    await expectRun(ALICE, project);

    const ofRoot = makeFolder(0);
    plant(ofRoot, 0);
    await expectRun(ALICE, makeFolder(ALICE, 0o755, ofRoot));

    const linked = makeFolder(ALICE);
    symlinkSync(join(project, 'node_modules'), join(linked, 'node_modules'));
    await expectRun(ALICE, linked);
  });

  test('by root in a checkout of another user, as jobs of CI do', async () => {
    const checkout = makeFolder(ALICE);
    plant(checkout, ALICE);
    await expectRun(0, checkout);
    await expectRun(0, makeFolder(ALICE, 0o755, checkout));
    // npm ci as root.
    plant(checkout, 0);
    await expectRun(0, checkout);
  });

  test('that its owner’s own group can write, as with umask 002', async () => {
    const project = makeFolder(ALICE);
    plant(project, ALICE);
    spawnSync('chmod', ['-R', 'g+w', project]);
    await expectRun(ALICE, project);
    await expectRun(0, project);
  });

  test('by its project’s owner, from a folder of root in the project', async () => {
    const project = makeFolder(ALICE);
    plant(project, ALICE);
    symlinkSync('/dev/null', join(project, 'unrelated'));
    spawnSync('touch', [join(project, '.wasproot')]);
    await expectRun(ALICE, makeFolder(0, 0o755, project));
  });
});
