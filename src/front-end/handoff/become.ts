import { FrontEndError } from '../host/errors.ts';
import type { Environment, Host } from '../host/host.ts';
import { SENDER_JOB } from '../host/own-variables.ts';
import { markHandOff } from './chain.ts';
import { exactImage } from './image.ts';
import { mayGoRound } from './lost-chain.ts';
import type { Wasp } from './wasp.ts';

/**
 * Becomes the real Wasp (docs/spec.md section 7): its own path as argv[0], then our arguments; standard input, output,
 * error and the working directory untouched. Does not return.
 * @throws FrontEndError 126 if the file that was found can't be executed
 */
export async function becomeWasp(host: Host, wasp: Wasp): Promise<never> {
  const env = waspEnvironment(host, wasp);
  // Of the rare process that has worked before, what is unknown is run as a child: lost-chain.ts says why.
  const asChild = wasp.version === undefined && mayGoRound(host);
  let code = asChild
    ? await host.runAndEndAlike({ file: wasp.file, args: host.argv }, env)
    : await becomeFile(host, wasp.file, [], env);
  const { isForShell, whyRefused } = await import('./refusal.ts');
  if (isForShell(host, wasp.file, code)) code = await becomeFile(host, '/bin/sh', [wasp.file], env);
  throw new FrontEndError(whyRefused(host, wasp.file, code), 126);
}

/** Returns only if the system refused: its error code. */
async function becomeFile(
  host: Host,
  file: string,
  before: readonly string[],
  env: Environment,
): Promise<string> {
  const command = { file, args: [...before, ...host.argv] };
  const image = exactImage(host, command, env);
  return (image && host.becomeExactly(image)) ?? host.become(command, env);
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
