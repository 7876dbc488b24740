import { wrapColumns } from '../../../protocol/columns.ts';
import { messageText } from '../../../protocol/message-text.ts';
import { byUrgency, comesBack, type Message } from '../../../protocol/messages.ts';
import { askVersion } from '../../handoff/version.ts';
import type { Host } from '../../host/host.ts';
import { formatLocalTime, formatTime, parseTime } from '../../host/time.ts';
import { concerns } from '../../messages/concerns.ts';
import { currentMessages } from '../../messages/current.ts';
import { messagesDirectory } from '../../messages/document-names.ts';
import { newestDocuments } from '../../messages/inbox.ts';
import { trustedKeys } from '../../messages/keys.ts';
import { paperAt } from '../../messages/paper.ts';
import { claimShowing, readShown, type Shown } from '../../messages/shown.ts';
import { toldByNews } from '../../messages/told-by-news.ts';
import { printJson } from '../telemetry/layout.ts';
import { readSituation, type Situation } from '../telemetry/situation.ts';
import { reasonOf } from '../telemetry/words.ts';

interface Entry {
  readonly message: Message;
  readonly shown: Shown | undefined;
  /** `wasp news` has told it. */
  readonly told: boolean;
  /** Does it concern the Wasp here? */
  readonly concerned: boolean;
}

/** `wasp messages`: all that hold now, the most urgent first, with what was read when. To list one is to read it. */
export async function printMessages(host: Host, json?: boolean): Promise<void> {
  const situation = await readSituation(host);
  const keys = trustedKeys(host.env);
  const { cache } = await host.directories();
  const directory = cache === undefined ? undefined : messagesDirectory(cache);
  const documents = directory === undefined ? [] : newestDocuments(host, directory, keys);
  const messages = currentMessages(documents, host.now());
  const entries =
    cache === undefined || directory === undefined || messages.length === 0
      ? []
      : readEntries(host, cache, directory, messages, versionOf(host, situation));
  const silence = whySilent(host, situation, keys);
  if (json) {
    printJson(host, {
      receiving: silence === undefined,
      because: silence ?? null,
      serial: documents[0]?.serial ?? null,
      messages: entries.map(entryData),
    });
    return;
  }
  const paper = paperAt(host, 1);
  const texts = entries.map((entry) => messageText(paper, entry.message, noteOn(entry)));
  const facts = [
    ...(entries.length === 0 ? ['There are no messages.'] : []),
    ...(silence === undefined ? [] : [`None are received: ${silence}.`]),
  ];
  host.write(
    1,
    [
      ...texts,
      ...facts.map((fact) => `${wrapColumns(fact, paper.width, { keepWords: true }).join('\n')}\n`),
    ].join('\n'),
  );
  // Off means that no file is written.
  if (situation.consent.on && directory !== undefined) markAsRead(host, directory, entries);
}

function readEntries(
  host: Host,
  cache: string,
  directory: string,
  messages: readonly Message[],
  version: string,
): Entry[] {
  const news = toldByNews(host, cache);
  return messages
    .map((message) => ({
      message,
      shown: readShown(host, directory, message.id),
      told: news.has(message.id),
      concerned: concerns(message, version),
    }))
    .sort((a, b) => byUrgency(a.message, b.message));
}

function versionOf(host: Host, { wasp }: Situation): string {
  return 'missing' in wasp ? '' : askVersion(host, wasp);
}

/** Why no messages are received, undefined if they are. */
function whySilent(
  host: Host,
  { consent, choiceFile }: Situation,
  keys: readonly string[],
): string | undefined {
  if (keys.length === 0) {
    const given = host.env.WASP_MESSAGES_PUBLIC_KEY?.trim()
      ? 'WASP_MESSAGES_PUBLIC_KEY holds no public key as `wasp-collector keygen` prints it, and '
      : '';
    return `${given}this build trusts no key, and messages without a trusted signature are not read`;
  }
  if (!consent.on && consent.rule !== 'notice')
    return `telemetry is off: ${reasonOf(host, consent, choiceFile)}`;
  return undefined;
}

function isRead({ shown, told }: Entry): boolean {
  return told || shown?.how === 'shown';
}

/** When it was published, whether it was read, and whom it is for if not for this Wasp. */
function noteOn({ message, shown, told, concerned }: Entry): string {
  const published = formatLocalTime(parseTime(message.publishedAt) ?? 0).slice(0, 10);
  const state = told
    ? 'told by wasp news'
    : shown?.how === 'shown'
      ? `read ${shown.last > 0 ? formatLocalTime(shown.last) : 'before'}`
      : 'new';
  const others = concerned ? '' : `, for other versions of Wasp: ${message.affects}`;
  return `${published}, ${state}${others}`;
}

function entryData(entry: Entry) {
  const { message, shown, told, concerned } = entry;
  return {
    ...message,
    read: isRead(entry),
    shownAt: shown?.how === 'shown' && shown.last > 0 ? formatTime(shown.last) : null,
    toldByNews: told,
    concernsThisWasp: concerned,
  };
}

function markAsRead(host: Host, directory: string, entries: readonly Entry[]): void {
  for (const entry of entries) {
    const { message, shown } = entry;
    // Who has read something critical here need not be told once more today.
    if (!isRead(entry) || comesBack(message)) claimShowing(host, directory, message.id, shown, 'shown');
  }
}
