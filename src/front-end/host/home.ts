import path from 'node:path';

/** The user's home as the environment has it; undefined unless it is an absolute path. */
export function home(): string | undefined {
  const { HOME } = process.env;
  return HOME && path.isAbsolute(HOME) ? HOME : undefined;
}
