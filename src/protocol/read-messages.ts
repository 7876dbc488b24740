/**
 * Bytes → a document of messages, strictly: what isn't valid is left out and told. Keys that aren't known here are
 * not kept, so that a later format can say more to those who understand it.
 */
import validRange from 'semver/ranges/valid.js';
import { parseIsoTime } from './iso-time.ts';
import {
  LIMITS,
  MESSAGE_LEVELS,
  MESSAGES_FORMAT,
  type Message,
  type MessageDocument,
  type MessageLevel,
  MOST_SIGNATURES,
  type SignedMessages,
} from './messages.ts';
import { plainLine, plainLines } from './plain-text.ts';

/** A document, and what was wrong with some of its messages. */
export interface ReadDocument {
  readonly document: MessageDocument;
  /** A sentence each; it quotes nothing that could not be printed. */
  readonly notes: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Why something is not what it should be. */
type Wrong = { readonly wrong: string };

/** Lower case only: the name of a file, also where upper and lower case are the same. */
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** More than marks without a letter to stand on. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The signed messages in an answer or a file, undefined if it holds none. */
export function readSigned(text: string): SignedMessages | Wrong | undefined {
  const answer = parseJson(text);
  if (!isFields(answer) || (answer.messages === undefined && answer.signature === undefined))
    return undefined;
  const { messages, signature, signatures } = answer;
  if (typeof messages !== 'string' || typeof signature !== 'string') {
    return { wrong: 'messages and signature are not both text' };
  }
  if (signatures === undefined) return { messages, signature };
  if (!Array.isArray(signatures) || !signatures.every((one) => typeof one === 'string')) {
    return { wrong: 'its further signatures are not a list of texts' };
  }
  return { messages, signature, signatures: signatures.slice(0, MOST_SIGNATURES - 1) };
}

/** The bytes that base64 stands for, undefined if it is not base64 as it is written today. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** To be called only with bytes whose signature is right. */
export function readDocument(bytes: Uint8Array): ReadDocument | Wrong {
  if (bytes.length > LIMITS.documentBytes)
    return { wrong: `it is larger than ${LIMITS.documentBytes} bytes` };
  const value = parseJson(Buffer.from(bytes).toString());
  if (!isFields(value)) return { wrong: 'it is not a JSON object' };
  const { format, serial, issuedAt, expiresAt, messages, withdrawn } = value;
  if (format !== MESSAGES_FORMAT) return { wrong: `its format is not ${MESSAGES_FORMAT}` };
  if (!isSerial(serial)) return { wrong: 'its serial number is not a whole number above 0' };
  if (!isTime(issuedAt)) return { wrong: 'its issue time is not an ISO 8601 time in UTC' };
  if (!isTime(expiresAt)) return { wrong: 'its expiry is not an ISO 8601 time in UTC' };
  if (!Array.isArray(messages)) return { wrong: 'its messages are not a list' };
  if (messages.length > LIMITS.messages) return { wrong: `it has more than ${LIMITS.messages} messages` };

  if (withdrawn !== undefined && !isListOfIds(withdrawn)) {
    return { wrong: `what it withdraws is not a list of at most ${LIMITS.withdrawn} ids` };
  }

  const kept: Message[] = [];
  const notes: string[] = [];
  for (const [index, raw] of messages.entries()) {
    const read = readMessage(raw);
    const name = 'message' in read ? read.message.id : `number ${index + 1}`;
    if ('wrong' in read) notes.push(`message ${name} was dropped: ${read.wrong}`);
    else if (kept.some(({ id }) => id === read.message.id))
      notes.push(`message ${name} was dropped: it is there twice`);
    else {
      kept.push(read.message);
      if (read.cleaned)
        notes.push(`message ${name} had characters that do not belong in text; they were removed`);
    }
  }
  const document = { format, serial, issuedAt, expiresAt, messages: kept } as const;
  return { document: withdrawn === undefined ? document : { ...document, withdrawn }, notes };
}

/** One message, or what is wrong with it; `cleaned` if its texts were not plain and now are. */
export function readMessage(raw: unknown): { message: Message; cleaned: boolean } | Wrong {
  if (!isFields(raw)) return { wrong: 'it is not an object' };
  const { id, level, title, body, publishedAt, expiresAt, affects, url } = raw;
  if (!isId(id)) {
    return { wrong: 'its id is not 1 to 64 of a-z, 0-9, dot, dash and underscore, a letter or digit first' };
  }
  if (!isLevel(level)) return { wrong: `its level is none of ${MESSAGE_LEVELS.join(', ')}` };
  if (typeof title !== 'string' || typeof body !== 'string')
    return { wrong: 'its title and body are not both text' };
  const plainTitle = plainLine(title);
  const plainBody = plainLines(body);
  if (!isWithin(plainTitle, 1, LIMITS.title))
    return { wrong: `its title does not have 1 to ${LIMITS.title} characters` };
  if (!VISIBLE.test(plainTitle)) return { wrong: 'its title has nothing that can be seen' };
  if (!isWithin(plainBody, 0, LIMITS.body) || plainBody.split('\n').length > LIMITS.bodyLines) {
    return { wrong: `its body has more than ${LIMITS.body} characters or ${LIMITS.bodyLines} lines` };
  }
  if (!isTime(publishedAt)) return { wrong: 'its publishing time is not an ISO 8601 time in UTC' };
  if (expiresAt !== undefined && !isTime(expiresAt))
    return { wrong: 'its expiry is not an ISO 8601 time in UTC' };
  if (affects !== undefined && !isRange(affects))
    return { wrong: 'the versions that it affects are not a semver range' };
  const address = url === undefined ? undefined : readUrl(url);
  if (url !== undefined && address === undefined) {
    return { wrong: `its url is not an https address of at most ${LIMITS.url} characters` };
  }
  return {
    message: {
      id,
      level,
      title: plainTitle,
      body: plainBody,
      publishedAt,
      ...(expiresAt !== undefined && { expiresAt }),
      ...(affects !== undefined && { affects }),
      ...(address !== undefined && { url: address }),
    },
    cleaned: plainTitle !== title || plainBody !== body,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSerial(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

function isListOfIds(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= LIMITS.withdrawn && value.every(isId);
}

function isTime(value: unknown): value is string {
  return parseIsoTime(value) !== undefined;
}

function isLevel(value: unknown): value is MessageLevel {
  return (MESSAGE_LEVELS as readonly unknown[]).includes(value);
}

function isRange(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^[\x20-\x7e]+$/.test(value) &&
    isWithin(value, 1, LIMITS.affects) &&
    validRange(value) !== null
  );
}

/** As browsers write it: international names of hosts then show what they are. No user name, which may look like a host. */
function readUrl(value: unknown): string | undefined {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  return isWithin(url.href, 1, LIMITS.url) && /^[\x21-\x7e]+$/.test(url.href) ? url.href : undefined;
}

/** Characters as people count them, more or less: code points. */
function isWithin(text: string, least: number, most: number): boolean {
  const { length } = [...text];
  return length >= least && length <= most;
}
