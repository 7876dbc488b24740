/** Where receivers get the one signed file that they all hand out: an address on the web, or a file. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { secureUrl } from '../../protocol/secure-url.ts';
import { OperatorError } from '../errors.ts';

export interface MessagesSource {
  /** For the journal, without a query, which may be secret. */
  readonly name: string;
  /** Throws `OperatorError`, also when `signal` says that nobody waits any more. */
  read(signal: AbortSignal): Promise<string>;
}

/** Bytes: front ends read no longer answer. */
const LONGEST = 64 * 1024;
/** Milliseconds for all of it, redirects included. */
const TIMEOUT = 30_000;
const MOST_REDIRECTS = 5;

/** Throws `OperatorError` if it is neither https, nor http on this machine, nor a path. */
export function messagesSource(text: string): MessagesSource {
  if (text.trim() === '') throw new OperatorError('--messages-from names nothing.');
  if (!/^(https?:|[a-z][a-z0-9+.-]*:\/\/)/i.test(text))
    return { name: text, read: () => named(text, () => fileText(text)) };
  const { username, password } = URL.parse(text) ?? {};
  if (username || password) {
    throw new OperatorError(
      '--messages-from: an address with a user or a password could be read by every user of this machine. The file is signed and no secret.',
    );
  }
  const checked = secureUrl('--messages-from', text);
  if ('refused' in checked) throw new OperatorError(checked.refused);
  const url = new URL(checked.url);
  const name = `${url.origin}${url.pathname}`;
  return { name, read: (signal) => named(name, () => webText(url, signal)) };
}

async function webText(url: URL, stopped: AbortSignal): Promise<string> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT)]);
  const answer = await answerOf(url, signal);
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw new Error(`answered ${answer.status}`);
  }
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop closes the connection.
  for await (const piece of answer.body ?? []) {
    bytes += piece.length;
    if (bytes > LONGEST) throw tooLong();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

/** The first answer that is no redirect; redirects to another origin are not followed. */
async function answerOf(url: URL, signal: AbortSignal): Promise<Response> {
  let place = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const answer = await fetch(place, { redirect: 'manual', signal });
    const target = answer.status >= 300 && answer.status < 400 && answer.headers.get('location');
    if (!target) return answer;
    await answer.body?.cancel();
    const next = URL.parse(target, place);
    if (next?.origin !== url.origin)
      throw new Error(`redirects to another origin (${next?.origin}), which is not followed`);
    place = next;
  }
  throw new Error('redirects again and again');
}

/** To open a named pipe would be to wait for its writer. */
async function fileText(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new Error('it is not a file');
    if (stat.size > LONGEST) throw tooLong();
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

function tooLong(): Error {
  return new Error(`is longer than ${LONGEST / 1024} KiB`);
}

async function named(name: string, read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    throw new OperatorError(`${name}: ${reasonOf(error as FetchError)}`);
  }
}

/** The cause tells what happened. */
interface FetchError {
  name: string;
  message: string;
  cause?: { code?: string; message?: string };
}

function reasonOf({ name, message, cause }: FetchError): string {
  if (name === 'TimeoutError') return `did not answer in ${TIMEOUT / 1000} s`;
  return cause ? `can't be reached (${cause.code ?? cause.message})` : message;
}
