/** Access control lists of POSIX let more users write than the permission bits say. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectPassedOver, expectRun, makeFolder, place, plant } from '../../support/planted.ts';
import { ALICE, describeWithUsers, MALLORY } from '../../support/users.ts';

/** The tags of entries: linux/posix_acl.h. */
const TAGS = { u: 2, g: 8 };

/** Lets a user (u) or a group (g) beside the owner write a folder; false if the file system knows no such lists. */
function allow(kind: 'u' | 'g', id: number, folder: string, mask = 7): boolean {
  const entries = [
    [1, 7, 0xffffffff],
    ...(kind === 'u' ? [[TAGS.u, 7, id]] : []),
    [4, 5, 0xffffffff],
    ...(kind === 'g' ? [[TAGS.g, 7, id]] : []),
    [0x10, mask, 0xffffffff],
    [0x20, 5, 0xffffffff],
  ];
  const script = `
import os, struct, sys
entries = ${JSON.stringify(entries)}
list = struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *entry) for entry in entries)
os.setxattr(sys.argv[1], 'system.posix_acl_access', list)`;
  return spawnSync('python3', ['-c', script, folder]).status === 0;
}

function hasLists(): boolean {
  const probe = join(place.folder, 'probe');
  mkdirSync(probe);
  try {
    return allow('u', MALLORY, probe);
  } finally {
    rmdirSync(probe);
  }
}

const describeWithLists = hasLists() ? describeWithUsers : describe.skip;
if (describeWithLists === describe.skip)
  console.warn('NOT TESTED, because there is no python3, or /tmp has none: access control lists');

describeWithLists('a package', () => {
  test.each(['holder', 'node_modules', 'scope', 'package', 'data'])(
    'is not run if such a list lets another user write the %s',
    async (part) => {
      const project = makeFolder(ALICE);
      const folder = plant(project, ALICE)[part] as string;
      allow('u', MALLORY, folder);
      await expectPassedOver(
        ALICE,
        project,
        new RegExp(`user ${MALLORY} can write ${folder}, by its access`),
      );
      allow('g', 1, folder);
      await expectPassedOver(ALICE, project, new RegExp(`other users of group 1 can write ${folder}`));
    },
  );

  test('is run if the list grants nothing to others that the mask leaves', async () => {
    const project = makeFolder(ALICE);
    const { node_modules = '' } = plant(project, ALICE);
    allow('u', MALLORY, node_modules, 5);
    await expectRun(ALICE, project);
    allow('u', 0, node_modules);
    await expectRun(ALICE, project);
    chmodSync(node_modules, 0o755);
    await expectRun(ALICE, project);
  });
});
