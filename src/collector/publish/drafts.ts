/**
 * What the maintainers want to say, not signed yet: a JSON file in the data directory, small enough to be read by eye
 * and kept in version control.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Message } from '../../protocol/messages.ts';
import { readMessage } from '../../protocol/read-messages.ts';
import { checkDataFolder, replaceDataFile } from '../data-files.ts';
import { messageOf, OperatorError } from '../errors.ts';
import { readDataFile } from '../regular-file.ts';
import { announcedBy } from './new-version.ts';

/** A message as it is prepared. */
export interface Draft extends Message {
  /** The version of Wasp that it announces; stays here, front ends don't need it. */
  readonly announces?: string;
}

/** That a message was taken back, or replaced by another announcement. */
export interface Withdrawal {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Documents up to this serial number may still hold it. */
  readonly upTo: number;
}

export interface Drafts {
  /** The serial number of the last document that was exported for signing; 0 if none was. */
  readonly serial: number;
  readonly messages: readonly Draft[];
  readonly withdrawn: readonly Withdrawal[];
}

/** So many withdrawals are remembered. */
const REMEMBERED = 1000;

/** Below the data directory. */
const DRAFTS = 'messages/drafts.json';

export function draftsPath(dataDir: string): string {
  return join(dataDir, DRAFTS);
}

/** No file: no drafts. Throws `OperatorError` if there is no such directory or the file can't be understood. */
export function readDrafts(dataDir: string): Drafts {
  if (!existsSync(dataDir)) throw new OperatorError(`There is no directory ${dataDir}.`);
  const file = draftsPath(dataDir);
  checkDataFolder(dataDir, dirname(DRAFTS));
  const content = readDataFile(file);
  if (content === undefined) return { serial: 0, messages: [], withdrawn: [] };
  try {
    const { serial, messages, withdrawn } = JSON.parse(content.toString());
    if (!Number.isSafeInteger(serial) || !Array.isArray(messages) || !Array.isArray(withdrawn ?? []))
      throw new Error('not a file of drafts');
    // The first collectors remembered no withdrawals.
    if (withdrawn === undefined) return { serial, messages: messages.map(firstDraft), withdrawn: [] };
    return { serial, messages: messages.map(checkedDraft), withdrawn: withdrawn.map(checkedWithdrawal) };
  } catch (error) {
    throw new OperatorError(`Can't read ${file}: ${messageOf(error)}`);
  }
}

export function writeDrafts(dataDir: string, drafts: Drafts): void {
  replaceDataFile(dataDir, DRAFTS, `${JSON.stringify(drafts, undefined, 2)}\n`);
}

function checkedDraft(raw: { announces?: unknown }): Draft {
  const message = checkedMessage(raw);
  return typeof raw.announces === 'string' ? { ...message, announces: raw.announces } : message;
}

function checkedWithdrawal(raw: unknown): Withdrawal {
  const { id, at, upTo } = (raw ?? {}) as Partial<Withdrawal>;
  if (typeof id !== 'string' || typeof at !== 'string' || !Number.isSafeInteger(upTo))
    throw new Error('a withdrawal in it has no id, time and number');
  return { id, at, upTo: upTo as number };
}

/** As the first collectors wrote it, without the field: what they announced is told by all that they said of it. */
function firstDraft(raw: unknown): Draft {
  const message = checkedMessage(raw);
  const announces = announcedBy(message);
  return announces === undefined ? message : { ...message, announces };
}

/**
 * The drafts without these messages, and a note of each that is gone. Numbers are made from the clock: after a restore,
 * documents of before have higher ones than the drafts know of.
 * @param now milliseconds UTC
 */
export function withoutMessages(drafts: Drafts, ids: readonly string[], now: number): Drafts {
  const upTo = Math.max(drafts.serial, now);
  const gone = ids.map((id) => ({ id, at: new Date(now).toISOString(), upTo }));
  return {
    ...drafts,
    messages: drafts.messages.filter(({ id }) => !ids.includes(id)),
    withdrawn: [...drafts.withdrawn.filter(({ id }) => !ids.includes(id)), ...gone].slice(-REMEMBERED),
  };
}

/** The drafts after they were exported under this number: what was withdrawn before and is there again may be in it. */
export function exportedAs(drafts: Drafts, serial: number): Drafts {
  const isAgain = (id: string) => drafts.messages.some((message) => message.id === id);
  const withdrawn = drafts.withdrawn.map((one) =>
    isAgain(one.id) ? { ...one, upTo: Math.min(one.upTo, serial - 1) } : one,
  );
  return { ...drafts, serial, withdrawn };
}

/** What the front end will take exactly as it is. Throws `OperatorError` with what is wrong. */
export function checkedMessage(raw: unknown): Message {
  const read = readMessage(raw);
  const name = (raw as { id?: unknown } | null)?.id ?? 'without an id';
  if ('wrong' in read) throw new OperatorError(`Message ${JSON.stringify(name)}: ${read.wrong}.`);
  if (read.cleaned) {
    throw new OperatorError(
      `Message ${JSON.stringify(name)}: its title or body has characters that do not belong in text, or spaces around it${firstRemoved(raw as Message, read.message)}.`,
    );
  }
  return read.message;
}

/** `: U+FE0F after "Update now ⚠"`, which can't be seen where it stands: an emoji may bring it, a word processor others. */
function firstRemoved(given: Message, kept: Message): string {
  for (const part of ['title', 'body'] as const) {
    const [before, after] = [[...given[part]], [...kept[part]]];
    const at = before.findIndex((character, index) => character !== after[index]);
    if (at < 0) continue;
    const code = before[at]?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return `: U+${code} ${at === 0 ? `at the beginning of the ${part}` : `after ${JSON.stringify(before.slice(0, at).join('').slice(-20))}`}`;
  }
  return '';
}
