import { eastAsianWidth } from 'get-east-asian-width';

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
/** Accents and the like, which stand on the letter before them. */
const MARK = /^\p{M}$/u;

/**
 * Breaks plain text at spaces to lines of at most `width` columns. A longer word keeps a line of its own, so that a path
 * can be copied; but one beyond ASCII is broken anywhere, as not every language separates its words, unless
 * `keepWords` says that what looks like a word may be a path.
 */
export function wrapColumns(text: string, width: number, { keepWords = false } = {}): string[] {
  const lines = [''];
  let room = width;
  const add = (part: string, columns: number) => {
    lines[lines.length - 1] += part;
    room -= columns;
  };
  const breakLine = () => {
    lines.push('');
    room = width;
  };
  for (const word of text.split(' ')) {
    const columns = columnsOf(word);
    const breakable = !keepWords && columns > width && !PRINTABLE_ASCII.test(word);
    if (lines.at(-1) !== '') {
      if (1 + columns <= room || (breakable && room > 2)) add(' ', 1);
      else breakLine();
    }
    if (!breakable) {
      add(word, columns);
      continue;
    }
    for (const character of word) {
      if (columnsOf(character) > room) breakLine();
      add(character, columnsOf(character));
    }
  }
  return lines;
}

/** How many columns of a terminal plain text takes. */
export function columnsOf(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let columns = 0;
  for (const character of text) {
    if (!MARK.test(character)) columns += eastAsianWidth(character.codePointAt(0) as number);
  }
  return columns;
}
