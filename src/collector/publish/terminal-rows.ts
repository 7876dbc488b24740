import { columnsOf } from '../../protocol/columns.ts';

const COLOUR = /^\p{Cc}\[[\d;]*m$/u;
const COLOUR_OR_CHARACTER = /\p{Cc}\[[\d;]*m|./gsu;

/** Text as a terminal of `width` columns has it, which breaks longer lines anywhere; colours take no columns. */
export function terminalRows(text: string, width: number): string {
  let room = width;
  return text.replaceAll(COLOUR_OR_CHARACTER, (part) => {
    if (COLOUR.test(part)) return part;
    if (part === '\n') {
      room = width;
      return part;
    }
    const columns = columnsOf(part);
    const fits = columns <= room;
    room = (fits ? room : width) - columns;
    return fits ? part : `\n${part}`;
  });
}
