import type { Host } from '../host/host.ts';
import { messagesDirectory } from '../messages/document-names.ts';
import { type Answer, type Reception, receiveMessages } from './messages/receive.ts';
import type { Task } from './take-on.ts';

/** In the same go as the report: what the maintainers say back. Failing at it is not a failure to report. */
export async function takeMessages(
  host: Host,
  { cache, attempt }: Task,
  { answer, version, timeLeft }: { answer: Answer; version: string; timeLeft: () => number },
): Promise<Reception | undefined> {
  const { get } = await import('./post.ts');
  try {
    return await receiveMessages(host, {
      directory: messagesDirectory(cache),
      destination: attempt.url,
      answer,
      fetch: (url, etag) => get(url, etag, timeLeft(), host.env),
      version,
    });
  } catch (error) {
    return { kind: 'refused', why: (error as Error).message };
  }
}
