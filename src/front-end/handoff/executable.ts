import { FrontEndError } from '../host/errors.ts';
import type { Host, Program } from '../host/host.ts';

const ELF = '7f454c46';
/** 64-bit, either byte order, and the "fat" form for several processors. */
const MACH_O = ['cffaedfe', 'feedfacf', 'cafebabe'];
/** The length of a 64-bit ELF file's header. */
const ELF_HEADER = 64;
/** e_machine of an ELF file, by `process.arch`. */
const ELF_MACHINE: Record<string, number> = { x64: 0x3e, arm64: 0xb7 };

/**
 * How to execute `file`. Node aborts, with a stack trace, when the kernel refuses a file after `process.execve`,
 * so what the kernel would refuse is found out before.
 * @throws FrontEndError 126 if it can't be executed here
 */
export function programFor(host: Host, file: string): Program {
  const start = readStart(host, file);
  // Executable, but not readable: a shell could not run it as a script either, so it has to be a binary.
  if (!start) return { file, args: [] };
  const magic = start.toString('hex', 0, 4);
  if (magic === ELF) {
    const machine = ELF_MACHINE[host.arch];
    if (start.length < ELF_HEADER) throw new FrontEndError(`${file} can't be run: it is cut off.`, 126);
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
  // The kernel separates at spaces and tabs only: the \r of a Windows line end belongs to the name.
  const interpreter = start.toString('utf8', 2).match(/^[ \t]*([^ \t\n\0]*)/)?.[1] ?? '';
  const facts = host.files.facts(interpreter);
  if (facts?.kind !== 'file' || !facts.executable) {
    const name = JSON.stringify(interpreter);
    throw new FrontEndError(
      `${file} can't be run: its interpreter ${name} is missing or not executable.`,
      126,
    );
  }
  return { file, args: [] };
}

function readStart(host: Host, file: string): Buffer | undefined {
  try {
    return Buffer.from(host.files.readStart(file, 256));
  } catch {
    return undefined;
  }
}
