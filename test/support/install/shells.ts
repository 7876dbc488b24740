import { findProgram, SHELLS, type Shell } from './sandbox.ts';

/** The shells of this machine that the installer is tested under. Says which are missing: .ci/run installs them all. */
export function shellsToTest(): Shell[] {
  const names = Object.keys(SHELLS) as Shell[];
  const missing = names.filter((name) => !findProgram(name));
  if (missing.length > 0)
    process.stderr.write(`NOT TESTED, not installed here: install.sh under ${missing.join(', ')}\n`);
  return names.filter((name) => !missing.includes(name));
}
