import type { Paper } from '../../protocol/message-text.ts';
import type { Host } from '../host/host.ts';

const NARROWEST = 20;

/** The terminal or file to write to. Asked once: to ask for the width takes milliseconds. */
export function paperAt(host: Host, fd: 1 | 2): Paper {
  return {
    width: Math.max(host.columns(fd) ?? 80, NARROWEST),
    coloured: host.isTerminal(fd) && !host.env.NO_COLOR && host.env.TERM !== 'dumb',
  };
}
