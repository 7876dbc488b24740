import path from 'node:path';
import type { Environment, FileStat, Files, Host, Obstacle } from '../../src/front-end/host/host.ts';

export const NOW = Date.parse('2026-11-22T12:00:00.000Z');
export const HOUR = 3_600_000;
export const MINUTE = 60_000;

/** A file of a {@link FakeFiles}. */
interface FakeFile {
  content: string;
  executable: boolean;
  identity: string;
  modified: number;
  owner: number;
  group: number;
  mode: number;
}

/** Of this user, and only this user may write. */
const OWN = { owner: 1000, group: 1000, mode: 0o755 };

/** Files in memory, by absolute path. Folders are there when something is in them. */
export class FakeFiles implements Files {
  readonly #files = new Map<string, FakeFile>();
  readonly #broken = new Map<string, string>();
  #made = 0;

  /** Puts a file there. Two with the same `identity` are one file under two names. */
  put(file: string, content: string, stat: Partial<Omit<FakeFile, 'content'>> = {}): void {
    this.#made++;
    const defaults = { executable: false, identity: `file ${this.#made}`, modified: NOW, ...OWN };
    this.#files.set(file, { content, ...defaults, ...stat });
  }

  /** From now on every access to that path, and to all below it, fails with this error code. */
  break(file: string, code: string): void {
    this.#broken.set(file, code);
  }

  /** Everything that is there, by path. */
  all(): Record<string, string> {
    return Object.fromEntries([...this.#files].sort().map(([file, { content }]) => [file, content]));
  }

  read(file: string): string | undefined {
    this.#check(file);
    if (this.#isFolder(file)) throw failure('EISDIR', file);
    return this.#files.get(file)?.content;
  }

  readStart(file: string, length: number): Uint8Array {
    const content = this.read(file);
    if (content === undefined) throw failure('ENOENT', file);
    return Buffer.from(content, 'latin1').subarray(0, length);
  }

  stat(file: string): FileStat | undefined {
    const found = this.#files.get(file);
    if (found) {
      const { content: _, ...stat } = found;
      return { kind: 'file', ...stat };
    }
    if (!this.#isFolder(file)) return undefined;
    return { kind: 'directory', executable: true, identity: `folder ${file}`, modified: NOW, ...OWN };
  }

  isLink(): boolean {
    return false;
  }

  linkTarget(): undefined {}

  accessList(): undefined {}

  obstacleTo(file: string): Obstacle | undefined {
    const code = this.#brokenBy(file);
    return code === undefined ? undefined : { why: `${code}: ${file}`, mend: 'mend it' };
  }

  realPath(file: string): string | undefined {
    return this.stat(file) && file;
  }

  list(directory: string): string[] {
    this.#check(directory);
    const start = `${directory}/`;
    const below = [...this.#files.keys()].filter((file) => file.startsWith(start));
    return [...new Set(below.map((file) => file.slice(start.length).split('/', 1)[0] as string))].sort();
  }

  create(file: string, content: string): boolean {
    this.#check(file);
    if (this.stat(file)) return false;
    this.put(file, content);
    return true;
  }

  replace(file: string, content: string): void {
    this.#check(file);
    if (this.#isFolder(file)) throw failure('EISDIR', file);
    this.put(file, content);
  }

  remove(file: string): void {
    this.#check(file);
    for (const other of [...this.#files.keys()]) {
      if (other === file || other.startsWith(`${file}/`)) this.#files.delete(other);
    }
  }

  #isFolder(file: string): boolean {
    const start = file === '/' ? file : `${file}/`;
    return [...this.#files.keys()].some((other) => other.startsWith(start));
  }

  #check(file: string): void {
    const code = this.#brokenBy(file);
    if (code) throw failure(code, file);
  }

  #brokenBy(file: string): string | undefined {
    for (let place = file; place !== path.dirname(place); place = path.dirname(place)) {
      const code = this.#broken.get(place);
      if (code) return code;
    }
    return undefined;
  }
}

/** A host that is nothing but what a test says; the rest fails when it is used. */
export type FakeHost = Host & {
  files: FakeFiles;
  clock: number;
  written: string;
  exitCode: number | undefined;
};

export function fakeHost(settings: Partial<Omit<Host, 'files'>> & { files?: FakeFiles } = {}): FakeHost {
  const host = {
    argv: [] as readonly string[],
    env: {} as Environment,
    platform: 'linux',
    arch: 'x64',
    pid: 4711,
    userId: 1000,
    files: new FakeFiles(),
    clock: NOW,
    written: '',
    exitCode: undefined,
    now: () => host.clock,
    bootClock: () => undefined,
    valuesOf: (name: string) => [host.env[name]].filter((value) => value !== undefined),
    write: (fd: 1 | 2, text: string) => {
      host.written += `${fd}: ${text}`;
    },
    setExitCode: (code: number) => {
      host.exitCode = code;
    },
    ...settings,
  } as FakeHost;
  return new Proxy(host, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name);
      throw new Error(`Nobody expected host.${String(name)} to be used here`);
    },
  });
}

function failure(code: string, file: string): Error {
  return Object.assign(new Error(`${code}: ${file}`), { code });
}
