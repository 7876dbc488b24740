import path from 'node:path';
import type { Directories, Host } from '../host/host.ts';

/** What a person decided, and which notice they have seen. Kept in the config directory, which survives cleaning the cache. */
export interface Choice {
  readonly enabled: boolean;
  /** The date of the newest notice that was shown (see notice.ts). */
  readonly noticeShown?: string;
}

const NO_CHOICE: Choice = { enabled: true };

/** The file's path, or undefined where there is no home. */
export function choiceFile(directories: Directories): string | undefined {
  return directories.config && path.join(directories.config, 'telemetry.json');
}

/**
 * The persisted choice; nobody has chosen yet: on. A choice that can't be understood is never taken for consent:
 * the answer then says why (docs/spec.md section 5, rule 3).
 */
export function readChoice(host: Host, file: string | undefined): Choice | { readonly unreadable: string } {
  if (file === undefined) return NO_CHOICE;
  try {
    const text = host.files.read(file);
    if (text === undefined) return NO_CHOICE;
    const choice: unknown = JSON.parse(text);
    if (!isChoice(choice))
      return { unreadable: 'it holds something else than {"enabled": true} or {"enabled": false}' };
    return choice;
  } catch (error) {
    return { unreadable: error instanceof SyntaxError ? 'it is not valid JSON' : (error as Error).message };
  }
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
