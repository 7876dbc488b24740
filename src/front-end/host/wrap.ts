/** Below this width, in columns, a label gets a line of its own. */
export const NARROW = 60;

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
