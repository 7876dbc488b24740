/** Functions of Linux's C library, by node:ffi, for what Node has no call for. */

/** What of node:ffi is used; Node has it from version 26 on. */
export interface Ffi {
  dlopen<Name extends string>(
    library: null,
    functions: Readonly<Record<Name, { readonly arguments: readonly string[]; readonly return: string }>>,
  ): { functions: Record<Name, (...args: unknown[]) => unknown> };
  getRawPointer(memory: ArrayBufferView): bigint;
  getInt32(pointer: unknown, offset: number): number;
}

/** Undefined where there is no way: anything but Linux, or an older Node. */
export function loadFfi(): Ffi | undefined {
  if (process.platform !== 'linux') return undefined;
  // Node says on stderr, a moment later, that the module is experimental; that is not our message.
  process.removeAllListeners('warning');
  return process.getBuiltinModule('node:ffi') as unknown as Ffi | undefined;
}
