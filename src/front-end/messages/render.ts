import { LEVELS, LIMITS, type Message, type MessageLevel } from '../../protocol/messages.ts';
import { plainLine, plainLines } from '../../protocol/plain-text.ts';
import type { Host } from '../host/host.ts';
import { wrap } from '../host/wrap.ts';

const NARROWEST = 20;

/** What text is written to. Asked once: to ask for the width takes milliseconds. */
export interface Paper {
  /** In columns. */
  readonly width: number;
  readonly coloured: boolean;
}

export function paperAt(host: Host, fd: 1 | 2): Paper {
  return {
    width: Math.max(host.columns(fd) ?? 80, NARROWEST),
    coloured: host.isTerminal(fd) && !host.env.NO_COLOR && host.env.TERM !== 'dumb',
  };
}

/**
 * A message as indented lines: its level and title, then its body and address. Its texts are made plain once more:
 * what lies on disk may have been changed since it was verified.
 * @param note stands behind the level
 */
export async function render({ width, coloured }: Paper, message: Message, note?: string): Promise<string> {
  const title = [...plainLine(message.title)].slice(0, LIMITS.title).join('');
  const head = await wrapColumns(`${message.level}${note ? ` (${note})` : ''}: ${title}`, width);
  const body = plainLines(message.body).split('\n').slice(0, LIMITS.bodyLines).filter(Boolean);
  const wrappedBody = await Promise.all(body.map((line) => wrapColumns(line, width - 2)));
  // In one piece, so that it can be copied.
  const address = message.url === undefined ? [] : [plainLine(message.url).slice(0, LIMITS.url)];
  const lines = [
    ...head.map((line) => (coloured ? emphasised(line, message.level) : line)),
    ...[...wrappedBody.flat(), ...address].map((line) => `  ${line}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Breaks a line by the columns that characters take. What knows those of all alphabets takes 35 ms to load, so it is
 * loaded for lines that are not ASCII; it also breaks within words, which not every language separates.
 */
async function wrapColumns(line: string, width: number): Promise<string[]> {
  if (/^[\x20-\x7e]*$/.test(line)) return wrap(line, width);
  const { default: wrapAnsi } = await import('wrap-ansi');
  return wrapAnsi(line, width, { hard: true }).split('\n');
}

function emphasised(line: string, level: MessageLevel): string {
  return `\u001b[${LEVELS[level].colour}m${line}\u001b[0m`;
}
