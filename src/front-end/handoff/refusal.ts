import type { Host } from '../host/host.ts';

const ELF = '7f454c46';
/** 64-bit, either byte order, and the "fat" form for several processors. */
const MACH_O = ['cffaedfe', 'feedfacf', 'cafebabe'];
/** The length of a 64-bit ELF file's header. */
const ELF_HEADER = 64;
/** e_machine of an ELF file, by `process.arch`. */
const ELF_MACHINE: Record<string, number> = { x64: 0x3e, arm64: 0xb7 };

/** POSIX: a shell runs an executable file that the kernel doesn't know as a script of its own. */
export function isForShell(host: Host, file: string, code: string): boolean {
  const start = readStart(host, file);
  if (code !== 'ENOEXEC' || !start) return false;
  const magic = start.toString('hex', 0, 4);
  return magic !== ELF && !MACH_O.includes(magic) && !isScript(start);
}

/** Why the system refused to execute `file`, in a sentence for its user. */
export function whyRefused(host: Host, file: string, code: string): string {
  if (code === 'E2BIG') {
    return `${file} can't be run: the arguments and the environment are too long together.`;
  }
  const start = readStart(host, file);
  if (start && isScript(start)) {
    // The kernel separates at spaces and tabs only: the \r of a Windows line end belongs to the name.
    const interpreter = start.toString('utf8', 2).match(/^[ \t]*([^ \t\n\0]*)/)?.[1] ?? '';
    const stat = host.files.stat(interpreter);
    if (stat?.kind !== 'file' || !stat.executable) {
      const name = JSON.stringify(interpreter);
      return `${file} can't be run: its interpreter ${name} is missing or not executable.`;
    }
  }
  if (start?.toString('hex', 0, 4) === ELF) {
    const machine = ELF_MACHINE[host.arch];
    if (start.length < ELF_HEADER) return `${file} can't be run: it is cut off.`;
    if (machine !== undefined && start.readUInt16LE(18) !== machine) {
      return `${file} is made for another kind of processor than this one (${host.arch}).`;
    }
  }
  return `${file} can't be run: ${code}.`;
}

function isScript(start: Buffer): boolean {
  return start.toString('latin1', 0, 2) === '#!';
}

function readStart(host: Host, file: string): Buffer | undefined {
  try {
    return Buffer.from(host.files.readStart(file, 256));
  } catch {
    return undefined;
  }
}
