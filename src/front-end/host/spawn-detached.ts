import { errorCode } from './error-code.ts';
import { loadFfi, vector } from './ffi.ts';
import type { Environment, Program } from './host.ts';

/** Functions of the C library. */
const LIBRARY = {
  posix_spawn: {
    arguments: ['pointer', 'string', 'pointer', 'pointer', 'pointer', 'pointer'],
    return: 'int32',
  },
  posix_spawn_file_actions_init: { arguments: ['pointer'], return: 'int32' },
  posix_spawn_file_actions_addopen: {
    arguments: ['pointer', 'int32', 'string', 'int32', 'uint32'],
    return: 'int32',
  },
  posix_spawnattr_init: { arguments: ['pointer'], return: 'int32' },
  posix_spawnattr_setflags: { arguments: ['pointer', 'int16'], return: 'int32' },
  waitpid: { arguments: ['int32', 'pointer', 'int32'], return: 'int32' },
} as const;

/** More than the C library's structures take, in bytes. */
const ENOUGH = 1024;
const NEW_SESSION = 0x80;
const MAX_TRIES = 100;
const READ_AND_WRITE = 2;

/**
 * Runs a program to its end in a session of its own, with /dev/null for its standard files. child_process does so too, but
 * takes 3 ms to load, and copies this process's tables of memory.
 * @returns how it ended, as `waitpid` has it; undefined where there is no way
 * @throws if it can't be started
 */
export function spawnDetached({ file, args }: Program, env: Environment): number | undefined {
  const ffi = loadFfi();
  if (!ffi) return undefined;
  const { functions: c } = ffi.dlopen(null, LIBRARY);
  const [actions, attributes] = [new Uint8Array(ENOUGH), new Uint8Array(ENOUGH)];
  c.posix_spawn_file_actions_init(actions);
  for (const fd of [0, 1, 2]) c.posix_spawn_file_actions_addopen(actions, fd, '/dev/null', READ_AND_WRITE, 0);
  c.posix_spawnattr_init(attributes);
  c.posix_spawnattr_setflags(attributes, NEW_SESSION);
  const entries = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  const [argv, variables] = [[file, ...args], entries].map((texts) =>
    vector(
      ffi,
      texts.map((text) => Buffer.from(text)),
    ),
  );
  const [pid, status] = [new Int32Array(1), new Int32Array(1)];
  const error = c.posix_spawn(pid, file, actions, attributes, argv?.pointers, variables?.pointers);
  if (error !== 0) throw new Error(`${file} can't be started: ${errorCode(error as number)}`);
  // A signal may interrupt it.
  for (let tries = 0; tries < MAX_TRIES && c.waitpid(pid[0], status, 0) === -1; ) tries++;
  return status[0];
}
