import { FrontEndError } from '../host/errors.ts';
import type { Environment, Host } from '../host/host.ts';
import { SENDER_JOB } from '../host/own-variables.ts';
import { markHandOff } from './chain.ts';
import { programFor } from './executable.ts';
import { exactImage } from './image.ts';
import type { Wasp } from './wasp.ts';

/**
 * Becomes the real Wasp (docs/spec.md section 7): its own path as argv[0], then our arguments; standard input, output,
 * error and the working directory untouched. Does not return.
 * @throws FrontEndError 126 if the file that was found can't be executed
 */
export async function becomeWasp(host: Host, wasp: Wasp): Promise<never> {
  const program = programFor(host, wasp.file);
  const command = { file: program.file, args: [...program.args, ...host.argv] };
  const env = waspEnvironment(host, wasp);
  const image = exactImage(host, command, program.file, env);
  const failure = image && host.becomeExactly(image);
  if (failure === 'E2BIG') {
    throw new FrontEndError(
      `${wasp.file} can't be run: the arguments and the environment are too long together.`,
      126,
    );
  }
  if (failure) throw new FrontEndError(`${wasp.file} can't be run: ${failure}.`, 126);
  return host.become(command, program.file, env);
}

/** Our environment, less the sender's job, plus what the real Wasp's own launcher sets. */
function waspEnvironment(host: Host, wasp: Wasp): Environment {
  const { [SENDER_JOB]: _, ...env } = host.env;
  return {
    ...env,
    // The front end has reported, or had a reason not to.
    WASP_TELEMETRY_DISABLE: '1',
    ...(wasp.dataDirectory !== undefined && { waspc_datadir: wasp.dataDirectory }),
    ...markHandOff(host, wasp.file),
  };
}
