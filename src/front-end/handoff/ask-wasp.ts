import type { Environment, Host } from '../host/host.ts';
import { SENDER_JOB } from '../host/own-variables.ts';
import { markQuestion } from './chain.ts';
import { pathOutsideProjects } from './path.ts';

/** How long a Wasp may take to answer, in milliseconds. */
const TIME_TO_ASK = 2_000;

/** What the Wasp at `file` prints when it is run with these arguments, or undefined if it failed or took too long. */
export function askWasp(host: Host, file: string, args: readonly string[]): string | undefined {
  return host.capture({ file, args }, environmentFor(host, file), TIME_TO_ASK);
}

/**
 * What it offers for a command line on Tab. It is asked where no project is, and without a project's folders on PATH: a
 * program that stands for several versions may look there for which one to run, and a script for what runs it.
 */
export function askCompletions(host: Host, file: string, line: string): string[] {
  const env = { ...environmentFor(host, file), COMP_LINE: line, PWD: '/', PATH: pathOutsideProjects(host) };
  const list = host.capture({ file, args: ['completion:list'] }, env, TIME_TO_ASK, '/');
  return list?.split('\n').filter(Boolean) ?? [];
}

/** As {@link askWasp}, but meanwhile other things can be done. */
export function askWaspInBackground(
  host: Host,
  file: string,
  args: readonly string[],
): Promise<string | undefined> {
  return host.captureInBackground({ file, args }, environmentFor(host, file), TIME_TO_ASK);
}

function environmentFor(host: Host, file: string): Environment {
  // Without the job: neither Wasp nor anything that it starts may take itself for a sender.
  const { [SENDER_JOB]: _, ...env } = host.env;
  return { ...env, ...markQuestion(host, file), WASP_TELEMETRY_DISABLE: '1' };
}
