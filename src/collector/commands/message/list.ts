import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Message } from '../../../protocol/messages.ts';
import { checkedMessage, readDrafts } from '../../publish/drafts.ts';
import { publishedPath } from '../../publish/published.ts';
import { openSigned } from '../../publish/sign.ts';
import { dataOption } from '../options.ts';

export function listCommand(): Command {
  return new Command('list')
    .description('what is prepared, and what is published')
    .addOption(dataOption())
    .option('--json', 'as JSON', false)
    .action(run);
}

function run({ data, json }: { data: string; json: boolean }): void {
  const { messages } = readDrafts(data);
  const file = publishedPath(data);
  const published = existsSync(file) ? openSigned(readFileSync(file, 'utf8')).document : undefined;
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ prepared: messages, published: published ?? null }, undefined, 2)}\n`,
    );
    return;
  }
  const isPublished = (message: Message) =>
    published?.messages.some((other) => JSON.stringify(other) === JSON.stringify(checkedMessage(message))) ??
    false;
  for (const message of messages) {
    const { id, level, title, affects, expiresAt } = message;
    const state = isPublished(message) ? 'published' : 'prepared';
    const limits = [affects && `for Wasp ${affects}`, expiresAt && `until ${expiresAt}`]
      .filter(Boolean)
      .join(', ');
    process.stdout.write(`${state}  ${level}  ${id}: ${title}${limits && `  (${limits})`}\n`);
  }
  for (const { id } of published?.messages.filter(({ id }) => !messages.some((other) => other.id === id)) ??
    []) {
    process.stdout.write(`withdrawn, but published until the next document  ${id}\n`);
  }
  process.stdout.write(
    published
      ? `published: document ${published.serial}, issued ${published.issuedAt}, until ${published.expiresAt}\n`
      : 'nothing is published\n',
  );
}
