/** No program runs that another user has put on the way to the real Wasp. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { installPackage } from '../../support/packages.ts';
import {
  expectPassedOver,
  expectRun,
  makeFolder,
  own,
  ownAll,
  place,
  plant,
  runAs,
} from '../../support/planted.ts';
import { ALICE, describeWithUsers, MALLORY } from '../../support/users.ts';

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
    expect(await runAs(ALICE, cwd, ['new'], env)).toMatchObject({
      stdout: 'GLOBAL new\n',
      stderr: '',
      code: 0,
    });
    expect((await runAs(ALICE, cwd, ['--version'], env)).stdout).toMatch(
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
