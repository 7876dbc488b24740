import { findProgram, type Sandbox } from './sandbox.ts';

/** A shell command that waits until a file is there, and not for ever. */
export function waitFor(sandbox: Sandbox, file: string): string {
  const sleep = findProgram('sleep');
  return `for i in $(${findProgram('seq')} 1 1000); do [ -e "${sandbox.home}/${file}" ] && break; ${sleep} 0.1; done`;
}
