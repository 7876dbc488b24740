import path from 'node:path';
import type { Directories, Host } from '../host/host.ts';

/** What the user decided, and which notice was shown. Kept in the config directory, which survives cleaning the cache. */
export interface Choice {
  readonly enabled: boolean;
  /** The date of the newest notice that was shown (see notice.ts). */
  readonly noticeShown?: string;
}

const NO_CHOICE: Choice = { enabled: true };

/** Far more than a choice, in bytes. */
const LIMIT = 64 * 1024;

/** The file's path, or undefined where the environment doesn't tell. */
export function choiceFile(directories: Directories): string | undefined {
  return directories.config && path.join(directories.config, 'telemetry.json');
}

/**
 * The persisted choice; if there is none yet, on. A choice that can't be read, and a place for it that can't be
 * determined, are never taken for consent: the answer then says why (docs/spec.md section 5, rule 3).
 */
export function readChoice(host: Host, file: string | undefined): Choice | { readonly unreadable: string } {
  if (file === undefined) {
    return { unreadable: `${whyNoPlace(host)}, so it can't be told where your choice is kept` };
  }
  try {
    const text = host.files.read(file, LIMIT);
    if (text === undefined) return NO_CHOICE;
    const choice: unknown = JSON.parse(text);
    if (isChoice(choice) && isSaidOnce(text)) return choice;
    return { unreadable: `${file} holds something else than {"enabled": true} or {"enabled": false}` };
  } catch (error) {
    return {
      unreadable: error instanceof SyntaxError ? `${file} is not valid JSON` : (error as Error).message,
    };
  }
}

/** Why the environment doesn't tell where the choice is kept. */
export function whyNoPlace(host: Host): string {
  const ambiguous = ['HOME', 'XDG_CONFIG_HOME'].find((name) => new Set(host.valuesOf(name)).size > 1);
  return ambiguous
    ? `the environment has several values of ${ambiguous}`
    : 'HOME is not an absolute path in UTF-8';
}

/** Remembers a choice. Throws if it can't be written. */
export function writeChoice(host: Host, file: string, choice: Choice): void {
  host.files.replace(file, `${JSON.stringify(choice)}\n`);
}

function isChoice(value: unknown): value is Choice {
  if (typeof value !== 'object' || value === null) return false;
  const { enabled, noticeShown } = value as Record<string, unknown>;
  return typeof enabled === 'boolean' && (noticeShown === undefined || typeof noticeShown === 'string');
}

/** Of a name that is there twice JSON.parse takes the last; which of them was meant can't be known. */
function isSaidOnce(text: string): boolean {
  const strings = text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g);
  const names = [...strings].flatMap(([, string = '', colon]) => (colon ? [JSON.parse(string)] : []));
  return names.filter((name) => name === 'enabled').length === 1;
}
