import path from 'node:path';
import { escapeUnseenInLines } from '../../../protocol/escape-unseen.ts';
import { FrontEndError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import { formatLocalTime, formatTime } from '../../host/time.ts';
import type { Attempt } from '../../sender/attempt.ts';
import { journalFolder, readAttempts, unreadableAttempts } from '../../sender/journal.ts';
import { printJson } from './layout.ts';
import { readSituation } from './situation.ts';
import { outcomeInWords, receptionInWords, troubleInWords } from './words.ts';

/** `wasp telemetry log`: all attempts that are kept, oldest first, with the exact bytes. */
export async function printLog(host: Host, json?: boolean): Promise<void> {
  const { directory } = await readSituation(host);
  const { attempts, unreadable } = readLog(host, directory);
  if (unreadable > 0)
    host.write(2, `wasp: ${unreadable} of the attempts can't be read: ${journalFolder(directory ?? '')}\n`);
  if (json) {
    printJson(
      host,
      attempts.map(({ job: _, ...attempt }) => ({ ...attempt, time: formatTime(attempt.time) })),
    );
    return;
  }
  const entries = attempts.map(({ time, command, outcome, url, body, messages }) => {
    const received = messages ? receptionInWords(messages).map((line) => `  ${line}\n`) : [];
    const head = `${formatLocalTime(time)}  ${command}  ${outcomeInWords(outcome)}`;
    return `${head}\n  to ${url}\n  ${body}\n${received.join('')}`;
  });
  const none = unreadable > 0 ? '' : 'Nothing has been sent from this machine.\n';
  host.write(1, entries.length > 0 ? escapeUnseenInLines(entries.join('\n')) : none);
}

function readLog(host: Host, directory: string | undefined): { attempts: Attempt[]; unreadable: number } {
  if (directory === undefined) return { attempts: [], unreadable: 0 };
  try {
    const attempts = readAttempts(host, directory);
    return { attempts, unreadable: unreadableAttempts(host, directory) };
  } catch (error) {
    const file = path.join(journalFolder(directory), 'an attempt');
    throw new FrontEndError(`the log can't be read: ${troubleInWords(host, file, error)}`);
  }
}
