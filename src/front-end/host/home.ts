import path from 'node:path';
import { isWhole } from './is-whole.ts';
import { isAmbiguous } from './raw-image.ts';

/** The user's home as the environment has it; undefined unless it is one absolute path that a string can say. */
export function home(): string | undefined {
  if (isAmbiguous('HOME')) return undefined;
  const { HOME } = process.env;
  return HOME && path.isAbsolute(HOME) && isWhole(HOME) ? HOME : undefined;
}
