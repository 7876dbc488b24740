import { wrapColumns } from '../../../protocol/columns.ts';
import { escapeUnseen, escapeUnseenInLines } from '../../../protocol/escape-unseen.ts';
import type { Host } from '../../host/host.ts';
import { NARROW } from '../help-layout.ts';

/** A label and the lines behind it. */
export type Row = readonly [label: string, ...lines: string[]];

/** Aligned rows for standard output; as wide as the terminal, coloured only there, and never with NO_COLOR. */
export function layOut(host: Host, rows: readonly Row[]): string {
  const width = host.columns(1) ?? 80;
  const gutter = width < NARROW ? 2 : Math.max(...rows.map(([label]) => label.length)) + 2;
  const indent = ' '.repeat(gutter);
  return rows
    .map(([label, ...lines]) => {
      const body = lines
        .flatMap((line) => wrapColumns(escapeUnseen(line), width - gutter, { keepWords: true }))
        .map((line) => indent + line);
      if (width < NARROW) return [bold(host, label), ...body].join('\n');
      return bold(host, label) + body.join('\n').slice(label.length);
    })
    .map((row) => `${row}\n`)
    .join('');
}

function bold(host: Host, text: string): string {
  const coloured = !host.env.NO_COLOR && host.env.TERM !== 'dumb' && host.isTerminal(1);
  return coloured ? `\u001b[1m${text}\u001b[22m` : text;
}

/** One JSON document on standard output. */
export function printJson(host: Host, value: unknown): void {
  host.write(1, `${escapeUnseenInLines(JSON.stringify(value, null, 2))}\n`);
}
