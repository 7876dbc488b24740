import path from 'node:path';
import { isWhole } from './is-whole.ts';

/** The user's home as the environment has it; undefined unless it is an absolute path that a string can say. */
export function home(): string | undefined {
  const { HOME } = process.env;
  return HOME && path.isAbsolute(HOME) && isWhole(HOME) ? HOME : undefined;
}
