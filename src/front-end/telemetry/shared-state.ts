import path from 'node:path';
import type { Host } from '../host/host.ts';
import { formatTime, parseTime } from '../host/time.ts';
import type { Slot } from './slot.ts';

/**
 * The real Wasp's own file, `project-<hash>`: read to honour its pause, written so that it honours ours
 * (docs/spec.md section 4). It can't be locked against the real Wasp, so it decides nothing alone: claims.ts does.
 */
const KEY_OF_SLOT = { other: '_lastCheckIn', build: '_lastCheckInBuild' } as const;
const EMPTY = { _lastCheckIn: null, _lastCheckInBuild: null, _lastCheckInDeploy: null };

/** Far more than the real Wasp ever writes, in bytes. */
const LIMIT = 64 * 1024;

type Content = Record<string, unknown>;

/** A slot's stamp in milliseconds; undefined if never stamped; `unclear` if the file can't be understood. */
export type SharedStamp = number | undefined | 'unclear';

export function sharedStateFile(directory: string, hash: string): string {
  return path.join(directory, `project-${hash}`);
}

/** The stamp of a slot as the shared file has it. */
export function readSharedStamp(host: Host, file: string, slot: Slot): SharedStamp {
  try {
    const text = host.files.read(file, LIMIT);
    return text === undefined ? undefined : stampIn(parse(text), slot);
  } catch {
    return 'unclear';
  }
}

/** Writes slots' stamps, keeping whatever else stands in the file as found. */
export function writeSharedStamps(host: Host, file: string, stamps: ReadonlyMap<Slot, number>): void {
  const content: Content = { ...EMPTY, ...readContent(host, file) };
  for (const [slot, stamp] of stamps) content[KEY_OF_SLOT[slot]] = formatTime(stamp);
  host.files.replace(file, JSON.stringify(content));
}

function readContent(host: Host, file: string): Content | undefined {
  try {
    return parse(host.files.read(file, LIMIT) ?? '');
  } catch {
    return undefined;
  }
}

function parse(text: string): Content | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Content) : undefined;
  } catch {
    return undefined;
  }
}

function stampIn(content: Content | undefined, slot: Slot): SharedStamp {
  if (!content) return 'unclear';
  const value = content[KEY_OF_SLOT[slot]];
  if (value === null || value === undefined) return undefined;
  return parseTime(value) ?? 'unclear';
}
