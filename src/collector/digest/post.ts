/** One HTTP request to a secret address, of which nothing shows in what is said about it. */
import { DeliveryError } from './deliver.ts';

/** A request takes no longer, in milliseconds. */
const TIMEOUT = 30_000;
/** Bytes of an answer that are read to find out what was wrong. */
const LONGEST_ANSWER = 16 * 1024;
/** Characters of that which are told. */
const LONGEST_REASON = 200;
/** Parts of an address that are shorter are no secrets, such as `api`. */
const SHORTEST_SECRET = 6;

/**
 * POST, which has arrived when the answer is 2xx. A user and a password in the address are sent as basic authentication;
 * nobody is redirected, since the message and its address are for one server.
 * @throws DeliveryError
 */
export async function post(
  address: URL,
  { headers = {}, body }: { headers?: Record<string, string>; body: string | FormData },
): Promise<void> {
  const answer = await answerOf(address, { headers, body });
  if (answer.ok) {
    await answer.body?.cancel().catch(() => {});
    return;
  }
  const beginning = await beginningOf(answer);
  const reason = reasonIn(beginning, address);
  const redirects = answer.status >= 300 && answer.status < 400 ? ', a redirect, which is not followed' : '';
  throw new DeliveryError(
    `answered ${answer.status}${redirects}${reason === '' ? '' : `: ${reason}`}`,
    [408, 425, 429].includes(answer.status) || answer.status >= 500,
    Math.max(millisecondsIn(answer.headers.get('retry-after')), retryAfterIn(beginning)),
  );
}

async function answerOf(
  address: URL,
  { headers, body }: { headers: Record<string, string>; body: string | FormData },
): Promise<Response> {
  const url = new URL(address);
  const [user, password] = [unescaped(url.username), unescaped(url.password)];
  [url.username, url.password] = ['', ''];
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  try {
    return await fetch(url, {
      method: 'POST',
      headers: user === '' && password === '' ? headers : { ...headers, authorization },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch (error) {
    throw new DeliveryError(failureOf(error), true);
  }
}

/** Node's code of a failed connection; its message has the address. */
function failureOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: string }; name: string };
  if (name === 'TimeoutError') return `did not answer in ${TIMEOUT / 1000} s`;
  return `can't be reached${cause?.code ? ` (${cause.code})` : ''}`;
}

/** The beginning of an answer, or as much as came before it was torn. */
async function beginningOf({ body }: Response): Promise<string> {
  let [text, decoder] = ['', new TextDecoder()];
  try {
    for await (const chunk of body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > LONGEST_ANSWER) break;
    }
  } catch {}
  return text;
}

/** What a service says in its own words, unless these repeat a part of the address, as pages of errors do. */
function reasonIn(answer: string, address: URL): string {
  const text = messageIn(answer)
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
  const parts = secretParts(address);
  const isTelling = [text, unescaped(text)].some((form) => parts.some((part) => form.includes(part)));
  // Something cut off at the end might be the beginning of a secret.
  return isTelling || answer.length > LONGEST_ANSWER ? '' : text.slice(0, LONGEST_REASON);
}

/** Discord answers with JSON, Slack with a word; a document for browsers says nothing. */
function messageIn(answer: string): string {
  try {
    const { message, error } = JSON.parse(answer) as { message?: unknown; error?: unknown };
    return [message, error].find((one) => typeof one === 'string') ?? '';
  } catch {
    return answer.trimStart().startsWith('<') ? '' : answer;
  }
}

function secretParts({ pathname, search, username, password }: URL): string[] {
  const parts = `${pathname}/${search}/${username}/${password}`.split(/[/?&=]/);
  return [...parts, ...parts.map(unescaped)].filter((part) => part.length >= SHORTEST_SECRET);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Discord's answer to too many requests: seconds, with a fraction that the header lacks. */
function retryAfterIn(answer: string): number {
  try {
    const { retry_after: seconds } = JSON.parse(answer) as { retry_after?: unknown };
    return typeof seconds === 'number' ? Math.ceil(seconds * 1000) : 0;
  } catch {
    return 0;
  }
}

/** Seconds as `Retry-After` has them; a date, which no such service sends, counts as nothing. */
function millisecondsIn(header: string | null): number {
  const seconds = Number(header ?? 0);
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}
