/** Text that does nothing to a terminal but stand there. */
import { stripVTControlCharacters } from 'node:util';

/**
 * Control, format, private, unassigned and unpaired characters, line and paragraph separators, and whatever Unicode
 * says may be drawn as nothing: with them text moves the cursor, reads backwards, or hides. The price is that a few
 * emoji fall apart into their components.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** A few marks on a letter are writing; a tower of them covers the lines around it. */
const TOWER_OF_MARKS = /(\p{M}{4})\p{M}+/gu;

/** Characters that are drawn as nothing although Unicode calls them symbols or letters. */
const BLANK = /[\p{Zs}\t\r\n\u2800\u{1d159}\u{16fe4}\u{13441}\u{13442}]/gu;
/** What needs none of the above, as most text does. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** One line of plain text. */
export function plainLine(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text.trim();
  return stripVTControlCharacters(text)
    .replaceAll(BLANK, ' ')
    .replaceAll(INVISIBLE, '')
    .replaceAll(TOWER_OF_MARKS, '$1')
    .trim();
}

/** Lines of plain text; never two empty ones in a row, none at the beginning or the end. */
export function plainLines(text: string): string {
  return stripVTControlCharacters(text)
    .split(/\r\n|\n/)
    .map(plainLine)
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
