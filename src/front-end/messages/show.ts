import { messageText, signatureText } from '../../protocol/message-text.ts';
import { byUrgency, comesBack, LEVELS, type Message } from '../../protocol/messages.ts';
import type { Host } from '../host/host.ts';
import { concerns } from './concerns.ts';
import { currentMessages } from './current.ts';
import { newestDocuments } from './inbox.ts';
import { paperAt } from './paper.ts';
import { type Question, settle } from './settled.ts';
import { claimShowing, dueAt, readShown, type Shown } from './shown.ts';
import { toldByNews } from './told-by-news.ts';

/** So many at a time: a command's own output must stay in sight. */
const AT_A_TIME = 3;

interface Situation extends Question {
  readonly cache: string;
  /** Those that are trusted. */
  readonly keys: readonly string[];
}

interface Due {
  readonly message: Message;
  readonly shown: Shown | undefined;
}

/** Prints what is due to standard error, the most urgent first, and remembers when to look again. */
export function show(host: Host, situation: Situation): void {
  const { directory } = situation;
  const { due, later } = split(host, situation);
  const chosen = due.slice(0, AT_A_TIME);
  const rest = due.slice(AT_A_TIME);
  // Of processes that run at the same time, each shows what the others don't.
  const ours = chosen.filter(({ message, shown }) =>
    claimShowing(host, directory, message.id, shown, 'shown'),
  );
  if (ours.length > 0) {
    // What is only mentioned is not mentioned again at every command, unless it is critical.
    for (const { message, shown } of rest) {
      if (!comesBack(message)) claimShowing(host, directory, message.id, shown, 'mentioned');
    }
    const paper = paperAt(host, 2);
    const texts = ours.map(({ message }) => messageText(paper, message));
    host.write(2, texts.join('') + signatureText(paper, rest.length));
  }
  if (rest.some(({ message }) => comesBack(message))) return;
  const again = chosen.flatMap(({ message }) => {
    const pause = LEVELS[message.level].again;
    return pause === null ? [] : [host.now() + pause];
  });
  const until = [...later, ...again];
  settle(host, situation, until.length > 0 ? Math.min(...until) : undefined);
}

/** What is due now, the most urgent first, and when something will be, in milliseconds since the epoch. */
function split(host: Host, situation: Situation): { due: Due[]; later: number[] } {
  const due: Due[] = [];
  const later: number[] = [];
  for (const message of relevant(host, situation)) {
    const shown = readShown(host, situation.directory, message.id);
    const at = dueAt(message, shown, host.now());
    if (at === undefined) continue;
    if (at <= host.now()) due.push({ message, shown });
    else later.push(at);
  }
  return { due: due.sort((a, b) => byUrgency(a.message, b.message)), later };
}

/** What concerns this version now and has not been told by `wasp news`. */
function relevant(host: Host, { cache, directory, keys, version }: Situation): Message[] {
  const told = toldByNews(host, cache);
  return currentMessages(newestDocuments(host, directory, keys), host.now()).filter(
    (message) => !told.has(message.id) && concerns(message, version),
  );
}
