import type { Host } from '../../host.ts';

/** A label and the lines behind it. */
export type Row = readonly [label: string, ...lines: string[]];

/** Below this width, in columns, a label gets a line of its own. */
const NARROW = 60;

/** Aligned rows for standard output; as wide as the terminal, coloured only there, and never with NO_COLOR. */
export function layOut(host: Host, rows: readonly Row[]): string {
  const width = host.columns(1) ?? 80;
  const gutter = width < NARROW ? 2 : Math.max(...rows.map(([label]) => label.length)) + 2;
  const indent = ' '.repeat(gutter);
  return rows
    .map(([label, ...lines]) => {
      const body = lines.flatMap((line) => wrap(line, width - gutter)).map((line) => indent + line);
      if (width < NARROW) return [bold(host, label), ...body].join('\n');
      return bold(host, label) + body.join('\n').slice(label.length);
    })
    .map((row) => `${row}\n`)
    .join('');
}

/** Breaks text at spaces to lines of at most `width` columns. A longer word keeps a line: a path is to be copied. */
export function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) as string;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

function bold(host: Host, text: string): string {
  const coloured = !host.env.NO_COLOR && host.env.TERM !== 'dumb' && host.isTerminal(1);
  return coloured ? `\u001b[1m${text}\u001b[22m` : text;
}

/** One JSON document on standard output. */
export function printJson(host: Host, value: unknown): void {
  host.write(1, `${JSON.stringify(value, null, 2)}\n`);
}
