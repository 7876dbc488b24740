import { wrapColumns } from '../../../protocol/columns.ts';
import { sentence } from '../morning/sentence.ts';
import { preamble } from '../preamble.ts';
import { type Report, tables } from '../report.ts';
import { matrixLines } from './matrix-text.ts';
import { tableText } from './table-text.ts';

/**
 * Tables for a terminal so wide: plain text, no colour.
 * @param ids the tables that are wanted; all of the report unless given
 */
export function reportText(report: Report, width: number, ids?: readonly string[]): string {
  const wanted = tables(report).filter(({ id }) => ids?.includes(id) ?? true);
  const parts = [
    preamble(report)
      .flatMap((line) => wrapColumns(line, width))
      .join('\n'),
    ...wanted.map((table) => (table.id === 'morning' ? morningText(report, width) : tableText(table, width))),
  ];
  return `${parts.join('\n\n')}\n`;
}

function morningText({ figures }: Report, width: number): string {
  if (!figures.morning) return '';
  const { matrix, yesterday } = figures.morning;
  return ['MORNING', ...wrapColumns(sentence(yesterday), width), '', ...matrixLines(matrix, width)].join(
    '\n',
  );
}
