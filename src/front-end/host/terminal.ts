import fs from 'node:fs';
import { attempt, hasCode } from './attempt.ts';

export function isTerminal(fd: 0 | 1 | 2): boolean {
  // fstat first: it costs nothing, and the tty module brings the network modules with it, 2 ms.
  const device = attempt(() => fs.fstatSync(fd));
  if (!device?.isCharacterDevice() || device.rdev === attempt(() => fs.statSync('/dev/null'))?.rdev)
    return false;
  return process.getBuiltinModule('node:tty').isatty(fd);
}

export function columns(fd: 1 | 2): number | undefined {
  if (!isTerminal(fd)) return undefined;
  // libuv reopens a terminal by its name, so asking does not make the caller's descriptor non-blocking.
  const terminal = new (process.getBuiltinModule('node:tty').WriteStream)(fd);
  return terminal.columns || undefined;
}

export function write(fd: 1 | 2, text: string): void {
  // Not process.stdout: Node makes a pipe non-blocking on first use, and the real Wasp would inherit that.
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(fs.writeSync(fd, rest));
    } catch (error) {
      if (!hasCode(error, 'EAGAIN')) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
