/**
 * The only door to the process, its environment, the clock, files, and other programs. Everything else takes a
 * {@link Host}, so that tests hand in a fake one. Built-in modules that cost milliseconds to load are loaded where
 * they are used: on most runs nothing is due and none of them is needed.
 */
import fs from 'node:fs';
import path from 'node:path';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A program and the arguments that come before the caller's own. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

/** What `stat` says of a path, as far as anyone here asks. */
export interface FileFacts {
  readonly kind: 'file' | 'directory' | 'other';
  /** May this user execute it? */
  readonly executable: boolean;
  /** Equal for two paths if and only if they lead to the same file. */
  readonly identity: string;
  /** Last modification, in milliseconds since the epoch. */
  readonly modified: number;
}

/** Files, all calls synchronous. "Not there" is an answer; every other trouble is thrown. */
export interface Files {
  /** The file's text, or undefined if there is none. */
  read(file: string): string | undefined;
  /** The first `length` bytes. Throws if there is no such file. */
  readStart(file: string, length: number): Uint8Array;
  /** The facts about what `file` leads to, or undefined if nothing is there or it can't be looked at. */
  facts(file: string): FileFacts | undefined;
  /** The path without symbolic links, or undefined if nothing is there. */
  realPath(file: string): string | undefined;
  /** Names in a directory, sorted; none if there is no such directory. */
  list(directory: string): string[];
  /** Creates a file, with its folder, that must not be there yet. False if it is. */
  create(file: string, content: string): boolean;
  /** Writes a new file, with its folder, and renames it over the old one: readers see all of one or all of the other. */
  replace(file: string, content: string): void;
  /** Removes a file or a folder with its content, if it is there. */
  remove(file: string): void;
}

/** Where this user's files go, or undefined where there is no home to put them. */
export interface Directories {
  readonly cache: string | undefined;
  readonly config: string | undefined;
}

export interface Host {
  /** The arguments after the program's own name. */
  readonly argv: readonly string[];
  readonly env: Environment;
  /** `process.platform`. */
  readonly platform: string;
  /** `process.arch`. */
  readonly arch: string;
  readonly files: Files;
  /** Milliseconds since the epoch. */
  now(): number;
  /** The working directory, or undefined if it has been removed. */
  cwd(): string | undefined;
  directories(): Promise<Directories>;
  /** Is this a continuous-integration service? (ci-info) */
  isCI(): Promise<boolean>;
  isTerminal(fd: 0 | 1 | 2): boolean;
  /** The terminal's width in columns, or undefined if `fd` is none. */
  columns(fd: 1 | 2): number | undefined;
  /** Writes all of `text`; a reader that has gone away is no error. */
  write(fd: 1 | 2, text: string): void;
  /** A random UUID, version 4. */
  randomUUID(): string;
  /** How to run this very program again. */
  self(): Program;
  /** argv and the environment as the kernel holds them, where it tells (Linux): Node's strings lose bytes that are not UTF-8. */
  rawBytes(): { argv: Uint8Array[]; env: Uint8Array[] } | undefined;
  /** Runs a program to its end, apart from our terminal, session and files. Throws if it can't be started. */
  runApart(program: Program, env: Environment): void;
  /** Runs a program and returns what it printed, or undefined if it failed or took longer than `timeout` ms. */
  capture(program: Program, env: Environment, timeout: number): string | undefined;
  /** Replaces this process by another program; where the platform can't, runs it and ends as it ended. */
  become(program: Program, argv0: string, env: Environment): Promise<never>;
  /** Closes whatever files this process was handed beyond the standard three. */
  closeInheritedFiles(): void;
  /** Calls back after `delay` ms. The timer alone keeps no process alive. */
  after(delay: number, callback: () => void): void;
  setExitCode(code: number): void;
  /** Ends this process now, whatever else it is waiting for. */
  vanish(): never;
}

/** The real one. */
export function createHost(): Host {
  return {
    argv: process.argv.slice(2),
    env: process.env,
    platform: process.platform,
    arch: process.arch,
    files,
    now: Date.now,
    cwd: () => attempt(() => process.cwd()),
    directories,
    isCI: async () => (await import('ci-info')).isCI,
    isTerminal,
    columns,
    write,
    randomUUID: () => process.getBuiltinModule('node:crypto').randomUUID(),
    self,
    rawBytes,
    runApart,
    capture,
    become,
    closeInheritedFiles,
    after: (delay, callback) => void setTimeout(callback, delay).unref(),
    setExitCode: (code) => {
      process.exitCode = code;
    },
    vanish: () => {
      // process.exit would wait for a thread that sits in getaddrinfo, for as long as the resolver likes.
      process.kill(process.pid, 'SIGKILL');
      throw new Error('unreachable');
    },
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}

const files: Files = {
  read(file) {
    try {
      if (!isThere(file)) return undefined;
      return fs.readFileSync(file, 'utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw error;
    }
  },

  readStart(file, length) {
    const fd = fs.openSync(file, 'r');
    try {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, fs.readSync(fd, bytes, 0, length, 0));
    } finally {
      fs.closeSync(fd);
    }
  },

  facts(file) {
    const stats = attempt(() => fs.statSync(file, { throwIfNoEntry: false }));
    if (!stats) return undefined;
    return {
      kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other',
      executable: attempt(() => fs.accessSync(file, fs.constants.X_OK) ?? true) ?? false,
      identity: `${stats.dev}:${stats.ino}`,
      modified: stats.mtimeMs,
    };
  },

  realPath: (file) => attempt(() => fs.realpathSync.native(file)),

  list(directory) {
    try {
      if (!isThere(directory)) return [];
      return fs.readdirSync(directory).sort();
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
      throw error;
    }
  },

  create(file, content) {
    // Written aside and linked into place, so that nobody ever reads half of it.
    const fresh = writeAside(file, content);
    try {
      fs.linkSync(fresh, file);
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    } finally {
      attempt(() => fs.unlinkSync(fresh));
    }
  },

  replace(file, content) {
    const fresh = writeAside(file, content);
    try {
      fs.renameSync(fresh, file);
    } catch (error) {
      attempt(() => fs.unlinkSync(fresh));
      throw error;
    }
  },

  remove: (file) => fs.rmSync(file, { force: true, recursive: true }),
};

/** Asked first, since most files aren't there on most runs, and making an error takes longer than asking. Throws if it can't be told. */
function isThere(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** Writes a new file beside `file`, making the folder if need be, and returns its path. */
function writeAside(file: string, content: string): string {
  const fresh = `${file}.${process.pid}.${process.hrtime.bigint()}.new`;
  const write = () => fs.writeFileSync(fresh, content, { flag: 'wx', mode: 0o600 });
  try {
    try {
      write();
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
      makeFolder(path.dirname(file));
      write();
    }
  } catch (error) {
    attempt(() => fs.unlinkSync(fresh));
    throw error;
  }
  return fresh;
}

/** Not Node's recursive mkdir: that one never returns where the system lets nobody make a folder and calls it ENOENT, as /proc does. */
function makeFolder(folder: string): void {
  const make = () => {
    try {
      fs.mkdirSync(folder);
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  };
  try {
    make();
  } catch (error) {
    const parent = path.dirname(folder);
    if (!hasCode(error, 'ENOENT') || parent === folder) throw error;
    makeFolder(parent);
    make();
  }
}

async function directories(): Promise<Directories> {
  const { HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME } = process.env;
  // Without HOME, Node asks the user database and would write where nobody told it to.
  const hasHome = process.platform === 'win32' || Boolean(HOME);
  if (!hasHome && !XDG_CACHE_HOME && !XDG_CONFIG_HOME) return { cache: undefined, config: undefined };
  const { default: envPaths } = await import('env-paths');
  const { cache, config } = envPaths('wasp', { suffix: '' });
  // A relative XDG directory is to be ignored, says the XDG base directory specification.
  const usable = (directory: string, override: string | undefined) =>
    path.isAbsolute(directory) && (hasHome || override) ? directory : undefined;
  return { cache: usable(realWaspCache() ?? cache, XDG_CACHE_HOME), config: usable(config, XDG_CONFIG_HOME) };
}

/** On macOS the real Wasp keeps its cache where Linux does; sharing its pause means going where it has gone (SPEC section 4). */
function realWaspCache(): string | undefined {
  if (process.platform !== 'darwin' || !process.env.HOME) return undefined;
  const cache = path.join(process.env.HOME, '.cache', 'wasp');
  return files.facts(cache)?.kind === 'directory' ? cache : undefined;
}

function isTerminal(fd: 0 | 1 | 2): boolean {
  // fstat first: it costs nothing, and the tty module brings the network modules with it, 2 ms.
  const device = attempt(() => fs.fstatSync(fd));
  if (!device?.isCharacterDevice() || device.rdev === attempt(() => fs.statSync('/dev/null'))?.rdev)
    return false;
  return process.getBuiltinModule('node:tty').isatty(fd);
}

function columns(fd: 1 | 2): number | undefined {
  if (!isTerminal(fd)) return undefined;
  // libuv reopens a terminal by its name, so asking does not make the caller's descriptor non-blocking.
  const terminal = new (process.getBuiltinModule('node:tty').WriteStream)(fd);
  return terminal.columns || undefined;
}

function write(fd: 1 | 2, text: string): void {
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

function self(): Program {
  const standalone = process.getBuiltinModule('node:sea').isSea();
  const script = standalone ? [] : [...process.execArgv, path.resolve(process.argv[1] ?? '')];
  return { file: process.execPath, args: script };
}

function rawBytes(): { argv: Uint8Array[]; env: Uint8Array[] } | undefined {
  const split = (file: string) => {
    const bytes = fs.readFileSync(file);
    const parts: Uint8Array[] = [];
    for (let start = 0; start < bytes.length; ) {
      const end = bytes.indexOf(0, start);
      parts.push(bytes.subarray(start, end));
      start = end + 1;
    }
    return parts;
  };
  return attempt(() => {
    const argv = split('/proc/self/cmdline');
    return { argv: argv.slice(argv.length - process.argv.length + 2), env: split('/proc/self/environ') };
  });
}

function runApart(program: Program, env: Environment): void {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const options = { cwd: '/', env, stdio: 'ignore', windowsHide: true, detached: true } as const;
  const { error, status } = spawnSync(program.file, program.args, options);
  if (error) throw error;
  if (status !== 0) throw new Error(`${program.file} ended with ${status}`);
}

function closeInheritedFiles(): void {
  // Node opens all of its own files close-on-exec. One without that flag came from the caller: a lock that others
  // wait for, a pipe whose reader waits for its end.
  const closeOnExec = 0o2000000;
  for (const fd of files.list('/proc/self/fd').map(Number)) {
    const flags = attempt(() => files.read(`/proc/self/fdinfo/${fd}`))?.match(/^flags:\s*(\d+)$/m)?.[1];
    if (fd > 2 && flags && !(Number.parseInt(flags, 8) & closeOnExec)) attempt(() => fs.closeSync(fd));
  }
}

function capture(program: Program, env: Environment, timeout: number): string | undefined {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { status, stdout } = spawnSync(program.file, program.args, {
    env,
    timeout,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  return status === 0 ? stdout : undefined;
}

const IGNORED_BY_NODE: readonly NodeJS.Signals[] = ['SIGPIPE', 'SIGXFSZ'];

async function become(program: Program, argv0: string, env: Environment): Promise<never> {
  if (process.execve && process.platform !== 'win32') {
    // What is ignored stays so in the program that follows: `wasp … | head` would go on writing. What is handled
    // goes back to the default.
    for (const signal of IGNORED_BY_NODE) process.on(signal, () => {});
    process.execve(program.file, [argv0, ...program.args], env as NodeJS.ProcessEnv);
  }
  return runAndEndAlike(program, argv0, env);
}

/** The fallback for platforms without execve: one process more, the same ending. */
function runAndEndAlike(program: Program, argv0: string, env: Environment): Promise<never> {
  const { spawn } = process.getBuiltinModule('node:child_process');
  // The terminal itself sends these two to the whole foreground group, the child included.
  const fromTerminal: NodeJS.Signals[] = isTerminal(0) || isTerminal(2) ? ['SIGINT', 'SIGQUIT'] : [];
  const all: NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];
  // Before the child starts: a signal in between would end us alone.
  for (const signal of all) {
    process.on(signal, () => void (fromTerminal.includes(signal) || child.kill(signal)));
  }
  const child = spawn(program.file, program.args, { argv0, env, stdio: 'inherit' });
  return new Promise((_, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (!signal) process.exit(code ?? 1);
      // As a shell would say it, should this signal not end us.
      process.exitCode = 128 + process.getBuiltinModule('node:os').constants.signals[signal];
      for (const name of IGNORED_BY_NODE) process.on(name, () => {});
      // Without its last listener a signal has its default effect.
      for (const name of [...all, ...IGNORED_BY_NODE]) process.removeAllListeners(name);
      process.kill(process.pid, signal);
    });
  });
}
