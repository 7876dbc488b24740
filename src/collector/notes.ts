/** What the maintainers noted about a day, `notes.json` in the data directory: marks on the charts. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { replaceDataFile } from './data-files.ts';
import { OperatorError } from './errors.ts';
import { readDataFile } from './regular-file.ts';

export interface Note {
  /** A calendar day, `2026-11-07`. */
  date: string;
  text: string;
}

const FILE = 'notes.json';

export function notesPath(dataDir: string): string {
  return join(dataDir, FILE);
}

/** Oldest first. Throws `OperatorError` if the file can't be understood. */
export function readNotes(dataDir: string): Note[] {
  const file = notesPath(dataDir);
  const content = readDataFile(file);
  if (content === undefined) return [];
  try {
    const notes: unknown = JSON.parse(content.toString());
    if (Array.isArray(notes) && notes.every(isNote)) return notes;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new OperatorError(`${file} is no list of notes. Mend it, or remove it to begin again.`);
}

/** Sorts and replaces the notes, as a whole or not at all. Throws `OperatorError`. */
export function writeNotes(dataDir: string, notes: readonly Note[]): void {
  const sorted = notes.toSorted((one, other) => (one.date < other.date ? -1 : 1));
  replaceDataFile(dataDir, FILE, `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/** When a note was last added or removed, in milliseconds UTC; undefined if there never was one. */
export function notesChanged(dataDir: string): number | undefined {
  return statSync(notesPath(dataDir), { throwIfNoEntry: false })?.mtimeMs;
}

function isNote(one: unknown): one is Note {
  const { date, text } = (one ?? {}) as Partial<Note>;
  return typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date) && typeof text === 'string';
}
