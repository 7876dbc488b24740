import { Command, Option } from 'commander';
import { MESSAGE_LEVELS, type MessageLevel } from '../../../protocol/messages.ts';
import { OperatorError } from '../../errors.ts';
import { checkedMessage, readDrafts, writeDrafts } from '../../publish/drafts.ts';
import { NEW_VERSION_ID, newVersion } from '../../publish/new-version.ts';
import { dataOption, parseTime } from '../options.ts';

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
    .option('--expires <time>', 'from then on it is not shown any more', parseTime)
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

  const drafts = readDrafts(data);
  const superseded = drafts.messages.filter(
    ({ id }) => version !== undefined && id !== message.id && NEW_VERSION_ID.test(id),
  );
  const others = drafts.messages.filter((other) => other.id !== message.id && !superseded.includes(other));
  writeDrafts(data, { ...drafts, messages: [...others, message] });
  process.stdout.write(
    `${others.length + superseded.length < drafts.messages.length ? 'replaced' : 'added'} ${message.id}\n`,
  );
  for (const { id } of superseded) process.stdout.write(`withdrew ${id}, which announced another version\n`);
}
