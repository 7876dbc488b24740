/** No program of another user runs that lies where this user's environment leads: npm's prefix, the old installer's folder, PATH. */
import { chmodSync, chownSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeExecutable } from '../../support/packages.ts';
import { expectPassedOver, expectRun, makeFolder, own, ownAll, plant } from '../../support/planted.ts';
import { ALICE, describeWithUsers, MALLORY } from '../../support/users.ts';

const SAYS = '#!/bin/sh\necho "PLANTED $*"\n';

/** A folder with npm's layout for global packages, and one in it. */
function makePrefix(owner: number, mode = 0o755): { prefix: string; parts: Record<string, string> } {
  const prefix = makeFolder(owner);
  const lib = join(prefix, 'lib');
  const parts = plant(lib, owner);
  ownAll(prefix, owner);
  chmodSync(parts.node_modules as string, mode);
  return { prefix, parts };
}

describeWithUsers('npm’s global packages', () => {
  test('of the prefix’s owner are run, whoever that is', async () => {
    const { prefix } = makePrefix(MALLORY);
    await expectRun(ALICE, makeFolder(ALICE), { npm_config_prefix: prefix });
  });

  test('are run from a folder where everyone may add some', async () => {
    const { prefix, parts } = makePrefix(0, 0o777);
    ownAll(parts.scope as string, ALICE);
    await expectRun(ALICE, makeFolder(ALICE), { npm_config_prefix: prefix });
  });

  test.each(['scope', 'package', 'program', 'data'])(
    'are not run if another user has put the %s there, or can write it',
    async (part) => {
      const { prefix, parts } = makePrefix(0, 0o777);
      const env = { npm_config_prefix: prefix };
      const file = parts[part] as string;
      own(file, MALLORY);
      await expectPassedOver(ALICE, makeFolder(ALICE), new RegExp(`${file} belongs to another user`), env);
      own(file, ALICE, 0o777);
      await expectPassedOver(ALICE, makeFolder(ALICE), new RegExp(`every user can write ${file}`), env);
    },
  );

  test('are not looked for where an .npmrc names a prefix that another user can write', async () => {
    const home = makeFolder(ALICE);
    const { prefix } = makePrefix(MALLORY);
    const npmrc = join(home, '.npmrc');
    writeFileSync(npmrc, `prefix=${prefix}\n`);
    own(npmrc, ALICE, 0o644);
    await expectRun(ALICE, makeFolder(ALICE), { HOME: home });
    own(npmrc, MALLORY);
    const why = new RegExp(`the prefix in ${npmrc}, because ${npmrc} belongs to another user`);
    await expectPassedOver(ALICE, makeFolder(ALICE), why, { HOME: home });
    await expectPassedOver(0, makeFolder(0), why, { HOME: home });
    own(npmrc, ALICE, 0o666);
    await expectPassedOver(ALICE, makeFolder(ALICE), /every user can write/, { HOME: home });
  });
});

describeWithUsers('what the old installer left', () => {
  test('is run for its owner, and not if another user has put it there or can write it', async () => {
    const home = makeFolder(ALICE);
    const folder = join(home, '.local', 'share', 'wasp-lang');
    const version = join(folder, '0.21.1');
    const program = makeExecutable(join(version, 'wasp-bin'), SAYS);
    mkdirSync(join(version, 'data'));
    ownAll(home, ALICE);
    const env = { HOME: home };
    await expectRun(ALICE, makeFolder(ALICE), env);
    for (const file of [folder, version, program, join(version, 'data')]) {
      own(file, MALLORY);
      await expectPassedOver(ALICE, makeFolder(ALICE), new RegExp(`${file} belongs to another`), env);
      own(file, ALICE, 0o777);
      await expectPassedOver(ALICE, makeFolder(ALICE), new RegExp(`every user can write ${file}`), env);
      own(file, ALICE, 0o755);
    }
    // As after `su` without a dash.
    await expectPassedOver(0, makeFolder(0), new RegExp(`${folder} belongs to another`), env);
  });
});

describeWithUsers('on PATH', () => {
  test('a folder of scripts that npm has added is judged as what lies above the working directory', async () => {
    const tmp = makeFolder(0, 0o1777);
    const cwd = makeFolder(ALICE, 0o755, tmp);
    const planted = makeExecutable(join(tmp, 'node_modules', '.bin', 'wasp'), SAYS);
    ownAll(join(tmp, 'node_modules'), MALLORY);
    const env = { PATH: `${cwd}/node_modules/.bin:${tmp}/node_modules/.bin/:/usr/bin:/bin` };
    await expectPassedOver(ALICE, cwd, new RegExp(`passed over: ${planted}, because every user can`), env);
    chmodSync(tmp, 0o755);
    await expectPassedOver(ALICE, cwd, /node_modules belongs to another user/, env);
    ownAll(join(tmp, 'node_modules'), ALICE);
    await expectRun(ALICE, cwd, env);
  });

  test('an entry that leads to the working directory runs nothing of another user’s, and nothing on Tab', async () => {
    for (const entry of ['', '.', './', 'here/..']) {
      const cwd = makeFolder(ALICE);
      mkdirSync(join(cwd, 'here'));
      const planted = makeExecutable(join(cwd, 'wasp'), SAYS);
      own(planted, MALLORY);
      const env = { PATH: `${entry}:/usr/bin:/bin` };
      await expectPassedOver(ALICE, cwd, new RegExp(`${planted} belongs to another user`), env);
      own(planted, ALICE);
      await expectRun(ALICE, cwd, env);
    }
  });
});

describeWithUsers('a package in the project', () => {
  test('is not run if the data beside what its program links to can be written by another user', async () => {
    const project = makeFolder(ALICE);
    const { program } = plant(project, ALICE);
    const elsewhere = makeFolder(ALICE);
    renameSync(program as string, join(elsewhere, 'wasp-bin'));
    symlinkSync(join(elsewhere, 'wasp-bin'), program as string);
    await expectRun(ALICE, project);
    const data = join(elsewhere, 'data');
    mkdirSync(data);
    own(data, ALICE, 0o777);
    await expectPassedOver(ALICE, project, new RegExp(`every user can write ${data}`));
  });

  test('is passed over for the next one if its program is a folder', async () => {
    const above = makeFolder(ALICE);
    plant(above, ALICE);
    const project = makeFolder(ALICE, 0o755, above);
    const { program } = plant(project, ALICE);
    renameSync(program as string, `${program}.old`);
    mkdirSync(program as string);
    chownSync(dirname(program as string), ALICE, ALICE);
    await expectRun(ALICE, project);
  });
});
