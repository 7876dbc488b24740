import path from 'node:path';

/** What stands in a string for bytes that are not UTF-8. */
const LOST = '\ufffd';

/** The user's home as the environment has it; undefined unless it is an absolute path that a string can say. */
export function home(): string | undefined {
  const { HOME } = process.env;
  return HOME && path.isAbsolute(HOME) && isWhole(HOME) ? HOME : undefined;
}

/** Is it all there? A path that lost bytes leads elsewhere: what is kept there now, a choice for example, isn't seen. */
export function isWhole(file: string): boolean {
  return !file.includes(LOST);
}
