import { errorCode } from './error-code.ts';
import { loadFfi, vector } from './ffi.ts';
import type { Image } from './host.ts';

/** The functions of Linux's C library that a hand-over byte for byte takes. */
const LIBRARY = {
  execve: { arguments: ['string', 'pointer', 'pointer'], return: 'int32' },
  fcntl: { arguments: ['int32', 'int32', 'int32'], return: 'int32' },
  signal: { arguments: ['int32', 'pointer'], return: 'pointer' },
  __errno_location: { arguments: [], return: 'pointer' },
} as const;

const DEFAULT = 0n;
const IGNORE = 1n;
const SET_DESCRIPTOR_FLAGS = 2;

/**
 * Replaces this process without Node in between, whose `process.execve` takes strings in UTF-8 only. Returns only if that
 * failed: the system's error code, or undefined where there is no way.
 */
export function becomeExactly({ file, argv, env, ignored, files }: Image): string | undefined {
  const ffi = loadFfi();
  if (!ffi) return undefined;
  const { functions } = ffi.dlopen(null, LIBRARY);
  const { signals } = process.getBuiltinModule('node:os').constants;
  // Node ignores these two from its start.
  for (const name of ['SIGPIPE', 'SIGXFSZ'] as const) functions.signal(signals[name], DEFAULT);
  for (const signal of ignored) functions.signal(signal, IGNORE);
  // Node has marked them to be closed at exec.
  for (const fd of [0, 1, 2, ...files]) functions.fcntl(fd, SET_DESCRIPTOR_FLAGS, 0);
  const [args, variables] = [vector(ffi, argv), vector(ffi, env)];
  functions.execve(file, args.pointers, variables.pointers);
  const code = ffi.getInt32(functions.__errno_location(), 0);
  return errorCode(code);
}
