import { Command } from 'commander';
import type { MessageDocument } from '../../../protocol/messages.ts';
import { openSigned, publishedDocument } from '../../publish/document.ts';
import { readDrafts } from '../../publish/drafts.ts';
import { messageStates, type StatedMessage } from '../../publish/states.ts';
import { validityWarning } from '../../publish/validity.ts';
import { dataOption } from '../options.ts';
import { ACTIVE_DAYS, type Audience, audienceOf, usersConcerned } from './audience.ts';
import { dataOfMessages } from './data.ts';
import { readInput } from './read-input.ts';

interface ListOptions {
  data: string;
  signed?: string;
  json: boolean;
}

export function listCommand(): Command {
  return new Command('list')
    .description('each message, how far it has come, and how many users it concerns')
    .addOption(dataOption())
    .option('--signed <file>', 'a signed document that is not published yet: its messages count as signed')
    .option('--json', 'as JSON', false)
    .addHelpText(
      'after',
      `\nActive users are those who have reported from their own machines within ${ACTIVE_DAYS} days; the version of each is the one\n` +
        'reported last.',
    )
    .action(run);
}

function run({ data, signed: file, json }: ListOptions): void {
  dataOfMessages(data);
  const now = Date.now();
  const drafts = readDrafts(data);
  const published = publishedDocument(data)?.document;
  const signed = file === undefined ? undefined : openSigned(readInput(file).toString()).document;
  const states = messageStates(drafts, published, signed, now);
  const audience = audienceOf(data, now);
  const warning = published && validityWarning(published, now);
  if (json) {
    const messages = states.map((stated) => ({ ...stated, users: usersOf(stated, audience) }));
    const answer = {
      ...{ prepared: drafts.messages, published: published ?? null, messages },
      ...{ activeUsers: audience?.users ?? null, activeUsersByVersion: byVersion(audience) },
      ...{ warning: warning ?? null },
    };
    process.stdout.write(`${JSON.stringify(answer, undefined, 2)}\n`);
    return;
  }
  for (const stated of states) process.stdout.write(`${line(stated, audience)}\n`);
  process.stdout.write(`${publishedLine(published)}\n`);
  if (!audience && states.length > 0)
    process.stdout.write('nobody has reported here: how many users they concern is not known\n');
  if (warning) process.stdout.write(`${warning}\n`);
}

function line(stated: StatedMessage, audience: Audience | undefined): string {
  const { id, state, inPublished, message } = stated;
  if (state === 'withdrawn') {
    return inPublished ? `withdrawn, but published until the next document  ${id}` : `withdrawn  ${id}`;
  }
  const users = usersOf(stated, audience);
  const facts = [
    message?.affects && `for Wasp ${message.affects}`,
    stated.endsAt && `until ${stated.endsAt}`,
    users !== null && `concerns ${users} of ${audience?.users} active users`,
  ].filter(Boolean);
  const said = state === 'changed' ? 'changed since it was published' : state;
  const about = facts.length > 0 ? `  (${facts.join(', ')})` : '';
  return `${said}  ${message?.level}  ${id}: ${message?.title}${about}`;
}

function usersOf({ message }: StatedMessage, audience: Audience | undefined): number | null {
  return message && audience ? usersConcerned(audience, message.affects) : null;
}

/** The versions with the most users first. */
function byVersion(audience: Audience | undefined): { version: string; users: number }[] | null {
  if (!audience) return null;
  return [...audience.byVersion]
    .map(([version, users]) => ({ version, users }))
    .sort((a, b) => b.users - a.users || (a.version < b.version ? -1 : 1));
}

function publishedLine(published: MessageDocument | undefined): string {
  if (!published) return 'nothing is published';
  const { serial, issuedAt, expiresAt } = published;
  return `published: document ${serial}, issued ${issuedAt}, until ${expiresAt}`;
}
