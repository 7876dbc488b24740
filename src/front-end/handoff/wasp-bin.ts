import path from 'node:path';
import { FrontEndError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { isTaken } from './is-taken.ts';
import { isThisProgram } from './this-program.ts';
import { versionBeside } from './version.ts';
import type { Search, Wasp } from './wasp.ts';

/**
 * The Wasp that WASP_BIN names, or undefined if it isn't set, or was run already in this chain.
 * @throws FrontEndError with the exit code that a shell would give: 127 if nothing is there, else 126
 */
export function readWaspBin(host: Host, search: Search): Wasp | undefined {
  const named = host.env.WASP_BIN;
  if (!named) return undefined;
  // On Tab, what lies where the user happens to be is not run.
  if (search.outsideProjects && !path.isAbsolute(named)) return undefined;
  const file = path.resolve(host.cwd() ?? '/', named);
  const stat = host.files.stat(file);
  const refuse = (why: string, exitCode: number) =>
    new FrontEndError(
      `WASP_BIN=${named}: ${why}. Set it to the real Wasp's executable, or unset it.`,
      exitCode,
    );
  if (!stat) throw refuse('there is no such file', 127);
  if (stat.kind === 'directory') throw refuse('this is a directory', 126);
  if (stat.kind === 'other') throw refuse('this is not a file', 126);
  if (!stat.executable) throw refuse('this file is not executable', 126);
  if (isThisProgram(host, file)) throw refuse('this is the front end itself, not the real Wasp', 126);
  const version = versionBeside(host, file);
  if (!isTaken(host, search, file, version.version !== undefined)) return undefined;
  const data = path.join(path.dirname(file), 'data');
  const hasData = !host.env.waspc_datadir && host.files.stat(data)?.kind === 'directory';
  return {
    file,
    foundIn: 'WASP_BIN',
    ...(hasData && { dataDirectory: `${data}/` }),
    ...version,
  };
}
