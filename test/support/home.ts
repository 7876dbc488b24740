import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterwards } from './cleanup.ts';
import { removeFolder } from './remove-folder.ts';

/** A folder that is removed after the test file. */
export function temporaryFolder(name = 'wasp-test'): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  afterwards(() => removeFolder(folder));
  return folder;
}

/** A journal entry as it stands on disk. */
export interface JournalEntry {
  time: string;
  command: string;
  slot: string;
  url: string;
  body: string;
  outcome: { kind: string; status?: number; why?: string };
  messages?: { kind: string; serial?: number; from?: string; why?: string; notes?: string[] };
}

/** Somebody's home with a Wasp project in it, and a look at what telemetry leaves there. */
export class Home {
  readonly folder = temporaryFolder();
  readonly project = join(this.folder, 'my-app');
  /** The telemetry folder in the cache directory. */
  readonly telemetry = join(this.folder, '.cache', 'wasp', 'telemetry');
  readonly config = join(this.folder, '.config', 'wasp');

  constructor() {
    this.makeProject('my-app');
  }

  /** @returns the new project's root */
  makeProject(name: string): string {
    const root = join(this.folder, name);
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, '.wasproot'), 'File marking the root of Wasp project.');
    return root;
  }

  /** Files below the telemetry folder, relative to it, sorted. */
  telemetryFiles(): string[] {
    return filesBelow(this.telemetry);
  }

  read(file: string): string {
    return readFileSync(join(this.telemetry, file), 'utf8');
  }

  write(file: string, content: string): void {
    mkdirSync(join(this.telemetry, file, '..'), { recursive: true });
    writeFileSync(join(this.telemetry, file), content);
  }

  writeConfig(file: string, content: string): void {
    mkdirSync(this.config, { recursive: true });
    writeFileSync(join(this.config, file), content);
  }

  /** The file that is shared with the real Wasp, parsed; for the only project that has one. */
  sharedState(): Record<string, string | null> {
    const names = this.telemetryFiles().filter((name) => /^project-[0-9a-f]{16}$/.test(name));
    if (names.length !== 1) throw new Error(`expected one state file, found ${JSON.stringify(names)}`);
    return JSON.parse(this.read(names[0] as string));
  }

  /** Attempts, oldest first. */
  journal(): JournalEntry[] {
    return this.telemetryFiles()
      .filter((name) => name.startsWith('attempts/') && name.endsWith('.json'))
      .map((name) => JSON.parse(this.read(name)));
  }

  /** Moves every stamp on disk, claims and files' own times included, into the past: so it looks when time passes. */
  passHours(hours: number): void {
    const earlier = (text: string) =>
      text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) =>
        new Date(Date.parse(time) - hours * 3_600_000).toISOString(),
      );
    for (const name of this.telemetryFiles()) {
      if (!/^project-|^claims\//.test(name)) continue;
      const file = join(this.telemetry, name);
      const modified = statSync(file).mtimeMs / 1000 - hours * 3600;
      writeFileSync(file, earlier(this.read(name)));
      utimesSync(file, modified, modified);
    }
  }
}

/** Files below a folder, relative to it, sorted; none if there is no such folder. */
export function filesBelow(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory());
    return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
  } catch {
    return [];
  }
}
