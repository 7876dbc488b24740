import { loadFfi } from './ffi.ts';

/** Of the C library: a signal that ends this process after so many seconds. */
const LIBRARY = { alarm: { arguments: ['uint32'], return: 'uint32' } } as const;

/**
 * As {@link Host.endAfter}. A timer is not called while this thread waits for a file: certificates that a variable looks
 * for in a named pipe, or on a file server that is gone. The kernel's alarm comes all the same.
 */
export function endAfter(delay: number): void {
  setTimeout(killSelf, delay).unref();
  loadFfi()
    ?.dlopen(null, LIBRARY)
    .functions.alarm(Math.ceil(delay / 1000));
}

/** process.exit would wait for a thread that sits in getaddrinfo, for as long as the resolver likes. */
export function killSelf(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
}
