import { chmodSync, constants, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './home.ts';
import { DIST_WASP } from './run-wasp.ts';
import { describeWhere } from './where-possible.ts';

/** Ids that no user of the system has. */
export const [ALICE, MALLORY] = [41_001, 41_002];

/** Tests that need root to act as several users. */
export const describeWithUsers = describeWhere(process.geteuid?.() === 0, 'this takes root');

/** What a program is run with to run as that user, with a group of the same number and no other. */
export function asUser(user: number): string[] {
  return user === 0 ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--'];
}

/** A folder that all users may enter, with the program under test in it. */
export function publicFolder(): { folder: string; wasp: string } {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'front-end'));
  const wasp = join(folder, 'front-end', 'wasp');
  copyFileSync(DIST_WASP, wasp, constants.COPYFILE_FICLONE);
  return { folder, wasp };
}
