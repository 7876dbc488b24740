import { FrontEndError } from '../errors.ts';
import type { Host, Program } from '../host.ts';

const ELF = '7f454c46';
/** 64-bit, either byte order, and the "fat" form for several processors. */
const MACH_O = ['cffaedfe', 'feedfacf', 'cafebabe'];
/** e_machine of an ELF file, by `process.arch`. */
const ELF_MACHINE: Record<string, number> = { x64: 0x3e, arm64: 0xb7 };

/**
 * How to execute `file`. Node aborts, with a stack trace, when the kernel refuses a file after `process.execve`,
 * so what the kernel would refuse is found out before.
 * @throws FrontEndError 126 if it can't be executed here
 */
export function programFor(host: Host, file: string): Program {
  const start = Buffer.from(host.files.readStart(file, 256));
  const magic = start.toString('hex', 0, 4);
  if (magic === ELF) {
    const machine = ELF_MACHINE[host.arch];
    if (machine !== undefined && start.readUInt16LE(18) !== machine) {
      throw new FrontEndError(
        `${file} is made for another kind of processor than this one (${host.arch}).`,
        126,
      );
    }
    return { file, args: [] };
  }
  if (MACH_O.includes(magic)) return { file, args: [] };
  if (start.toString('latin1', 0, 2) !== '#!') {
    // POSIX: a shell runs an executable file that the kernel doesn't know as a script of its own.
    return { file: '/bin/sh', args: [file] };
  }
  const interpreter = start.toString('utf8', 2).split('\n', 1)[0]?.trim().split(/\s/, 1)[0] ?? '';
  if (!host.files.facts(interpreter)?.executable) {
    throw new FrontEndError(`${file} can't be run: its interpreter ${interpreter} is missing.`, 126);
  }
  return { file, args: [] };
}
