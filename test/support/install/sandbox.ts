import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { olderWasp } from '../../../scripts/test-release.ts';
import { removeFolder } from '../remove-folder.ts';

const SCRIPT = join(__dirname, '../../../scripts/install.sh');

/** What install.sh may call. Whatever else it called would be missing on somebody's machine, and here. */
const TOOLS = [
  ...[
    'cat',
    'chmod',
    'cp',
    'date',
    'expr',
    'grep',
    'gzip',
    'head',
    'id',
    'ls',
    'mkdir',
    'mktemp',
    'mv',
    'od',
    'rm',
    'rmdir',
    'sed',
  ],
  ...['sha256sum', 'sleep', 'tail', 'tar', 'tr', 'uname', 'wc'],
];

const NOT_OF_BUSYBOX = ['curl', 'openssl', 'minisign'];

/** Shells to run the installer under: how to call them, and where their tools are from. */
export const SHELLS = {
  dash: { command: ['dash'], busybox: false },
  bash: { command: ['bash'], busybox: false },
  busybox: { command: ['busybox', 'ash'], busybox: true },
  // Natively, as by `curl … | zsh`.
  zsh: { command: ['zsh', '-f'], busybox: false },
} as const;

export type Shell = keyof typeof SHELLS;

/** How an installation ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The absolute path of a program of this machine. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** A home directory of its own, a PATH with the named tools and no others, and the installer to run in them. */
export class Sandbox implements Disposable {
  readonly home = mkdtempSync(join(tmpdir(), 'wasp-install-'));
  readonly tools = join(this.home, 'tools');
  readonly binDir = join(this.home, '.wasp/bin');
  readonly wasp = join(this.binDir, 'wasp');
  readonly shell: Shell;

  /** @param extra programs beside what every machine has; fetching needs one of curl and wget */
  constructor(shell: Shell, extra: readonly string[] = ['curl']) {
    this.shell = shell;
    mkdirSync(this.tools);
    for (const name of [...TOOLS, ...extra]) this.addTool(name);
  }

  addTool(name: string): void {
    const busybox =
      SHELLS[this.shell].busybox && !NOT_OF_BUSYBOX.includes(name) ? findProgram('busybox') : undefined;
    const program = busybox ?? findProgram(name);
    if (!program) throw new Error(`This test needs ${name}.`);
    symlinkSync(program, join(this.tools, name));
  }

  removeTool(name: string): void {
    rmSync(join(this.tools, name));
  }

  /** Puts a shell script of that name on PATH, in place of a tool if there is one. */
  addScript(name: string, text: string): void {
    rmSync(join(this.tools, name), { force: true });
    writeFileSync(join(this.tools, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }

  makeFolder(name: string): void {
    mkdirSync(join(this.home, name), { recursive: true });
  }

  /** An earlier installation, version {@link OLDER}. */
  installOlder(): void {
    mkdirSync(this.binDir, { recursive: true });
    try {
      // Installing renames, so the shared file stays as it is.
      linkSync(olderWasp, this.wasp);
    } catch {
      cpSync(olderWasp, this.wasp);
    }
  }

  /** What the installed front end says that it is; undefined if it isn't there or doesn't start. */
  installedVersion(): string | undefined {
    const { stdout } = spawnSync(this.wasp, ['--version'], {
      env: { HOME: this.home, PATH: '' },
      encoding: 'utf8',
    });
    return stdout?.match(/^front end {2}(.*)/)?.[1];
  }

  /** The content of a file in the home directory, or undefined if there is none. */
  read(name: string): string | undefined {
    const file = join(this.home, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  /** What is in the folder of `wasp`, hidden files too. */
  binDirContent(): string[] {
    return existsSync(this.binDir) ? readdirSync(this.binDir) : [];
  }

  env(env: Record<string, string> = {}): Record<string, string> {
    if (!process.env.WASP_TELEMETRY_URL) throw new Error('A test must not use the real destination.');
    return {
      HOME: this.home,
      PATH: this.tools,
      WASP_TELEMETRY_URL: process.env.WASP_TELEMETRY_URL,
      // The discard port: a test that names no release asks nobody.
      WASP_INSTALL_BASE_URL: 'http://127.0.0.1:9',
      ...env,
    };
  }

  /** Runs the installer to its end, and to the end of its output. */
  install(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
    return this.runIn(this.env(env), args);
  }

  /** Runs the installer in exactly this environment. */
  runIn(env: Record<string, string>, args: readonly string[]): Promise<Outcome> {
    return run([...this.shellCommand(), SCRIPT, ...args], env, this.home);
  }

  shellCommand(): string[] {
    const [name, ...args] = SHELLS[this.shell].command;
    const file = findProgram(name);
    if (!file) throw new Error(`${name} is not installed.`);
    return [file, ...args];
  }

  [Symbol.dispose](): void {
    removeFolder(this.home);
  }
}

/** Runs a program with an empty standard input. */
export function run(
  [file, ...args]: readonly string[],
  env: Record<string, string>,
  cwd: string,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(file as string, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
