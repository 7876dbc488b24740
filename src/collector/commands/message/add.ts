import { Command, Option } from 'commander';
import { MESSAGE_LEVELS, type Message, type MessageLevel } from '../../../protocol/messages.ts';
import { OperatorError } from '../../errors.ts';
import { checkedMessage, readDrafts, withoutMessages, writeDrafts } from '../../publish/drafts.ts';
import { newVersion, supersedes } from '../../publish/new-version.ts';
import { dataOption, parseTime } from '../options.ts';
import { whileLocked } from '../while-locked.ts';
import { dataOfMessages } from './data.ts';

interface AddOptions {
  data: string;
  newVersion?: string;
  id?: string;
  level?: MessageLevel;
  title?: string;
  body?: string;
  url?: string;
  affects?: string;
  expires?: number;
}

export function addCommand(): Command {
  return new Command('add')
    .description('prepare a message, or replace the one with the same id')
    .addOption(dataOption())
    .option('--new-version <version>', 'announce this version to everyone who has an older one')
    .option(
      '--id <id>',
      'a-z, 0-9, dot, dash, underscore; the same as in `wasp news`, if it is the same news',
    )
    .addOption(new Option('--level <level>', 'how urgent it is').choices(MESSAGE_LEVELS))
    .option('--title <text>', 'one line, at most 60 characters')
    .option('--body <text>', 'at most 10 lines and 800 characters; \\n begins a new line')
    .option('--url <url>', 'where to read more; https')
    .option('--affects <range>', 'whom it concerns: a semver range of Wasp’s version, such as "<0.25.1"')
    .option(
      '--expires <time>',
      'from then on it is not shown any more: 2026-11-22, or an ISO 8601 time, in UTC',
      parseTime,
    )
    .action(run);
}

function run({ data, newVersion: version, expires, ...options }: AddOptions): void {
  const prepared = version === undefined ? { level: 'info', body: '' } : newVersion(version);
  const { body, ...said } = { ...prepared, ...options };
  const message = checkedMessage({
    ...said,
    // A shell's quotes leave a backslash and an n.
    body: body.replaceAll('\\n', '\n'),
    publishedAt: new Date().toISOString(),
    ...(expires !== undefined && { expiresAt: new Date(expires).toISOString() }),
  });
  if (expires !== undefined && expires <= Date.now()) throw new OperatorError('It would expire in the past.');

  dataOfMessages(data);
  whileLocked(data, 'messages', () => keep(data, message, version, options.id !== undefined));
}

/** @param isIdGiven false if the id was made from the version */
function keep(data: string, message: Message, version: string | undefined, isIdGiven: boolean): void {
  const before = readDrafts(data);
  const same = before.messages.find(({ id }) => id === message.id);
  if (same && !isIdGiven && same.announces === undefined) {
    throw new OperatorError(
      `There is a message ${message.id} already that announces no version. Give the announcement another id by --id; with --id ${message.id} it takes its place.`,
    );
  }
  const superseded = before.messages
    .filter(
      ({ id, announces }) => id !== message.id && version && announces && supersedes(version, announces),
    )
    .map(({ id }) => id);
  const drafts = withoutMessages(before, superseded, Date.now());
  const others = drafts.messages.filter(({ id }) => id !== message.id);
  const draft = version === undefined ? message : { ...message, announces: version };
  writeDrafts(data, { ...drafts, messages: [...others, draft] });
  process.stdout.write(`${others.length < drafts.messages.length ? 'replaced' : 'added'} ${message.id}\n`);
  for (const id of superseded) process.stdout.write(`withdrew ${id}, which announced another version\n`);
}
