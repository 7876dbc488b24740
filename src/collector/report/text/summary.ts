import { wrapColumns } from '../../../protocol/columns.ts';
import type { Note } from '../../notes.ts';
import { isBegun, type Matrix } from '../morning/matrix.ts';
import { noted } from '../morning/noted.ts';
import { sentence } from '../morning/sentence.ts';
import type { Report } from '../report.ts';
import { matrixLines } from './matrix-text.ts';

/** What fits on a screen beside other things. */
const MOST_LINES = 15;

/**
 * The morning's answer in at most 15 lines of at most `width` characters: the sentence, the matrix, what was left out.
 * @param emphasize makes a line stand out, where the terminal can
 * @param notes those of the period are told
 */
export function summaryText(
  report: Report,
  width: number,
  emphasize = (line: string) => line,
  notes: readonly Note[] = [],
): string {
  if (!report.figures.morning) return '';
  const { matrix, yesterday } = report.figures.morning;
  const about = report.periods.unit === 'day' ? yesterday : matrix;
  const said = [noted(about, notes), ''].map((more) =>
    wrapColumns(`${sentence(about)}${more}`, width).map(emphasize),
  ) as [string[], string[]];
  if (report.since === null) return `${[...said[1], ...wrapColumns(FIRST_STEPS, width)].join('\n')}\n`;
  const below = matrixLines(matrix, width);
  // The numbers go before what was noted about them.
  const above = said.find((lines) => lines.length + 1 + below.length <= MOST_LINES) ?? said[1];
  const lines = [...above, '', ...below];
  const rest = footer(report, matrix, { width, room: MOST_LINES - lines.length });
  return `${[...lines, ...rest].join('\n')}\n`;
}

const FIRST_STEPS = 'wasp-collector serve receives them; demo-data fills an empty store to look at.';

/** As much as there is room for, the most important last sentence first. */
function footer(report: Report, matrix: Matrix, { width, room }: { width: number; room: number }): string[] {
  const { leftOut, environment, periods } = report;
  const where = environment === 'all' ? 'All environments' : `Environment ${environment}`;
  const ids = `${leftOut.excluded} ids excluded, ${leftOut.burstPersons} of bursts left out`;
  const more = 'Every figure: report --all';
  const signs = isBegun(matrix) ? ' After ·: so far; →: at this pace.' : '';
  const explained = `${where}, ${periods.timeZone}; ${ids}.${signs} ${more}.`;
  const choices = [explained, `${ids}. ${more}.`, `${more}.`].map((text) => wrapColumns(text, width));
  return choices.find((lines) => lines.length <= room) ?? [];
}
