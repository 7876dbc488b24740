/**
 * The only door to the process, its environment, the clock, files, and other programs. Everything else takes a
 * {@link Host}, so that tests hand in a fake one. Built-in modules that cost milliseconds to load are loaded where
 * they are used: on most runs nothing is due and none of them is needed.
 */

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A program and the arguments that come before the caller's own. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

/** A program as the kernel starts it: `argv` includes the program's own name, `env` holds `NAME=value`. */
export interface Image {
  readonly file: string;
  readonly argv: readonly Uint8Array[];
  readonly env: readonly Uint8Array[];
  /** Numbers of signals. */
  readonly ignored: readonly number[];
  /** Numbers of files to keep open, beyond the standard three. */
  readonly files: readonly number[];
}

/** What `stat` says of a path, as far as it is used here. */
export interface FileStat {
  readonly kind: 'file' | 'directory' | 'other';
  /** May this user execute it? */
  readonly executable: boolean;
  /** Equal for two paths if and only if they lead to the same file. */
  readonly identity: string;
  /** Last modification, in milliseconds since the epoch. */
  readonly modified: number;
  /** The owner's user id, the group's id and the permission bits; 0 on platforms without them. */
  readonly owner: number;
  readonly group: number;
  readonly mode: number;
}

/** Why a file can't be written, and what the user can do about it: a shell command where there is one. */
export interface Obstacle {
  readonly why: string;
  readonly mend: string;
}

/** Files, all calls synchronous. "Not there" is an answer; every other trouble is thrown. */
export interface Files {
  /**
   * The text of a regular file, undefined if nothing is there. Never waits. Throws if something else is there, a link
   * to nowhere for example, or more than `limit` bytes (1 MiB unless told), or if it can't be told.
   */
  read(file: string, limit?: number): string | undefined;
  /** The first `length` bytes of a regular file. Never waits. Throws if there is no such file. */
  readStart(file: string, length: number): Uint8Array;
  /** What `stat` says of what `file` leads to, or undefined if nothing is there or it can't be looked at. */
  stat(file: string): FileStat | undefined;
  /** Is it a symbolic link itself? */
  isLink(file: string): boolean;
  /** What a symbolic link holds, as it stands there; undefined if it is none. */
  linkTarget(file: string): string | undefined;
  /** The access control list that goes beyond the permission bits, as Linux's kernel keeps it; undefined if none is known. */
  accessList(file: string): Uint8Array | undefined;
  /** What keeps this user from writing that file; undefined if nothing does, as far as can be told without trying. */
  obstacleTo(file: string): Obstacle | undefined;
  /** The path without symbolic links, or undefined if nothing is there. */
  realPath(file: string): string | undefined;
  /** Names in a directory, sorted; none if there is no such directory. */
  list(directory: string): string[];
  /**
   * Creates a file, with its folder, that must not be there yet. False if it is. Like `replace` it throws where the
   * folder belongs to another user, whom our file would lock out.
   */
  create(file: string, content: string): boolean;
  /** Writes a new file, with its folder, and renames it over the old one: readers see all of one or all of the other. */
  replace(file: string, content: string): void;
  /** Removes a file or a folder with its content, if it is there. */
  remove(file: string): void;
}

/** Where this user's files go, each an absolute path; undefined where the environment doesn't tell. */
export interface Directories {
  readonly cache: string | undefined;
  readonly config: string | undefined;
}

/** A process above this one. */
export interface Ancestor {
  readonly argv: readonly string[];
  /** Identifies the file that it executes; undefined if that can't be told. */
  readonly program: string | undefined;
}

/** A clock that runs from boot on and can't be turned. */
export interface BootClock {
  /** Different after each boot. */
  readonly boot: string;
  /** Milliseconds since the boot, suspension included. */
  readonly uptime: number;
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
  /** This process's id, which a program that it becomes keeps. */
  readonly pid: number;
  /** The user id that files are opened with; undefined on platforms without such. */
  readonly userId: number | undefined;
  /** Milliseconds since the epoch. */
  now(): number;
  /** The boot clock, where the system has one (Linux). */
  bootClock(): BootClock | undefined;
  /** The working directory, or undefined if it has been removed. */
  cwd(): string | undefined;
  /** Its path as the kernel has it, where it tells (Linux): a string loses bytes that are not UTF-8. */
  cwdBytes(): Uint8Array | undefined;
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
  /** The arguments as the kernel holds them, where it tells (Linux): Node's strings lose bytes that are not UTF-8. */
  rawArguments(): Uint8Array[] | undefined;
  /** The entries of the environment as the kernel holds them, where it tells (Linux). */
  rawEnvironment(): Uint8Array[] | undefined;
  /** Node loses entries of the environment without a name or a value, and all but one of those with the same name. Has it all? */
  hasWholeEnvironment(): boolean;
  /** Each value that the environment has of a variable, in order: more than one where it holds it several times, and an empty one where the entry has no `=`. */
  valuesOf(name: string): string[];
  /** The files beyond the standard three that this process was handed and that would be closed at a hand-off (Linux). */
  readonly inheritedFiles: readonly number[];
  /** Runs a program to its end, detached from our terminal, session and files. Throws if it can't be started. */
  runDetached(program: Program, env: Environment): void;
  /**
   * Runs a program and returns what it printed, or undefined if it failed or took longer than `timeout` ms.
   * @param cwd its working directory; ours unless told
   */
  capture(program: Program, env: Environment, timeout: number, cwd?: string): string | undefined;
  /** As `capture`, but meanwhile other things can be done. */
  captureInBackground(program: Program, env: Environment, timeout: number): Promise<string | undefined>;
  /**
   * Signals that this process was started to ignore, as far as can be known (Linux), by their numbers: Node resets all
   * of them before any code of ours runs.
   */
  ignoredSignals(): number[];
  /**
   * Replaces this process by another program, byte for byte, with these signals ignored. Returns only if that was not
   * possible: the system's error code, or undefined where there is no way (anything but Linux).
   */
  becomeExactly(image: Image): string | undefined;
  /**
   * Replaces this process by another program, whose path is its argv[0]; where the platform can't, runs it and ends as
   * it ended. Returns only if the system refused: its error code.
   */
  become(program: Program, env: Environment): Promise<string>;
  /** As `become` does where the platform can't: runs the program and ends as it ended. */
  runAndEndAlike(program: Program, env: Environment): Promise<string>;
  /** The parent of this process, its parent, and so on (Linux). */
  ancestors(): Iterable<Ancestor>;
  /** The processor time that this process has taken, in milliseconds, under whatever programs it was before. */
  cpuTime(): number;
  /** Is there a process with this id, as far as can be told? */
  isRunning(pid: number): boolean;
  /** Closes whatever files this process was handed beyond the standard three. */
  closeInheritedFiles(): void;
  /** Calls back after `delay` ms. The timer alone keeps no process alive. */
  after(delay: number, callback: () => void): void;
  /** Ends this process after `delay` ms, on Linux even if it waits for a file meanwhile. Not to be taken back, even by becoming another program. */
  endAfter(delay: number): void;
  setExitCode(code: number): void;
  /** Ends this process now, whatever else it is waiting for. */
  killSelf(): never;
}
