/** What a message looks like in a terminal: to users, and to maintainers before they send it. */
import { wrapColumns } from './columns.ts';
import { LEVELS, LIMITS, type Message, type MessageLevel } from './messages.ts';
import { plainLine, plainLines } from './plain-text.ts';

/** What text is written to. */
export interface Paper {
  /** In columns. */
  readonly width: number;
  readonly coloured: boolean;
}

/**
 * A message as indented lines: its level and title, then its body and address. Its texts are made plain here, so that
 * nothing else can ever come to a terminal.
 * @param note stands behind the level
 */
export function messageText({ width, coloured }: Paper, message: Message, note?: string): string {
  const title = [...plainLine(message.title)].slice(0, LIMITS.title).join('');
  const head = wrapColumns(`${message.level}${note ? ` (${note})` : ''}: ${title}`, width);
  const body = plainLines(message.body).split('\n').slice(0, LIMITS.bodyLines).filter(Boolean);
  // In one piece, so that it can be copied.
  const address = message.url === undefined ? [] : [plainLine(message.url).slice(0, LIMITS.url)];
  const lines = [
    ...head.map((line) => (coloured ? emphasised(line, message.level) : line)),
    ...[...body.flatMap((line) => wrapColumns(line, width - 2)), ...address].map((line) => `  ${line}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Who is speaking, and where the rest is; stands below the last message.
 * @param rest how many more there are that are not shown now
 */
export function signatureText({ width }: Pick<Paper, 'width'>, rest: number): string {
  const more = rest > 0 ? `${rest} more, and these again: wasp messages` : 'Again: wasp messages';
  return `${wrapColumns(`From the makers of Wasp. ${more}`, width).join('\n')}\n\n`;
}

function emphasised(line: string, level: MessageLevel): string {
  return `\u001b[${LEVELS[level].colour}m${line}\u001b[0m`;
}
