import wrapAnsi from 'wrap-ansi';
import type { Host } from '../host.ts';
import { LIMITS, type Message, type MessageLevel } from '../protocol/messages.ts';
import { plainLine, plainLines } from '../protocol/plain-text.ts';

/** SGR codes: bold red, yellow, cyan. */
const COLOURS: Record<MessageLevel, string> = { critical: '1;31', important: '33', info: '36' };
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
export function render({ width, coloured }: Paper, message: Message, note?: string): string {
  const head = `${message.level}${note ? ` (${note})` : ''}: ${[...plainLine(message.title)].slice(0, LIMITS.title).join('')}`;
  const body = plainLines(message.body).split('\n').slice(0, LIMITS.bodyLines);
  const address = message.url === undefined ? [] : [plainLine(message.url).slice(0, LIMITS.url)];
  const lines = [
    ...wrap(head, width).map((line) => (coloured ? emphasised(line, message.level) : line)),
    ...body.filter(Boolean).flatMap((line) => wrap(line, width - 2).map((part) => `  ${part}`)),
    // In one piece, so that it can be copied.
    ...address.map((line) => `  ${line}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Breaks at spaces, and within words that are wider than the terminal, by the columns that characters take. */
export function wrap(line: string, width: number): string[] {
  return wrapAnsi(line, width, { hard: true }).split('\n');
}

function emphasised(line: string, level: MessageLevel): string {
  return `\u001b[${COLOURS[level]}m${line}\u001b[0m`;
}
