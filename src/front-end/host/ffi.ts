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

/** An array of C strings, ended by a null pointer; the memory has to be held until it has been used. */
export function vector(
  ffi: Ffi,
  parts: readonly Uint8Array[],
): { pointers: BigUint64Array; memory: Uint8Array[] } {
  const memory = parts.map((part) => Buffer.concat([part, Buffer.of(0)]));
  const pointers = new BigUint64Array(memory.length + 1);
  for (const [index, bytes] of memory.entries()) pointers[index] = ffi.getRawPointer(bytes);
  return { pointers, memory };
}

/** Undefined where there is no way: anything but Linux, or an older Node. */
export function loadFfi(): Ffi | undefined {
  if (process.platform !== 'linux') return undefined;
  // Node says on stderr, a moment later, that the module is experimental; that is not our message.
  process.removeAllListeners('warning');
  return process.getBuiltinModule('node:ffi') as unknown as Ffi | undefined;
}
