import { escapeUnseenInLines } from '../../host/escape.ts';
import type { Host } from '../../host/host.ts';
import { formatLocalTime, formatTime } from '../../host/time.ts';
import { readAttempts } from '../../sender/journal.ts';
import { printJson } from './layout.ts';
import { readSituation } from './situation.ts';
import { outcomeInWords, receptionInWords } from './words.ts';

/** `wasp telemetry log`: all attempts that are kept, oldest first, with the exact bytes. */
export async function printLog(host: Host, json?: boolean): Promise<void> {
  const { directory } = await readSituation(host);
  const attempts = directory === undefined ? [] : readAttempts(host, directory);
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
  host.write(
    1,
    entries.length > 0
      ? escapeUnseenInLines(entries.join('\n'))
      : 'Nothing has been sent from this machine.\n',
  );
}
