/** `ENOENT` for an error number of the system, of either sign. Node's own errors leave some codes out, E2BIG for one. */
export function errorCode(errno = 0): string {
  const { errno: numbers } = process.getBuiltinModule('node:os').constants;
  return Object.entries(numbers).find(([, number]) => number === Math.abs(errno))?.[0] ?? `error ${errno}`;
}
