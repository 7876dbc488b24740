import { wrapColumns } from '../../../protocol/columns.ts';
import { sentence } from '../morning/sentence.ts';
import type { Report } from '../report.ts';
import { matrixLines } from './matrix-text.ts';

/** What fits on a screen beside other things. */
const MOST_LINES = 15;

/**
 * The morning's answer in at most 15 lines of at most `width` characters: the sentence, the matrix, what was left out.
 * @param emphasize makes a line stand out, where the terminal can
 */
export function summaryText(report: Report, width: number, emphasize = (line: string) => line): string {
  if (!report.figures.morning) return '';
  const { matrix, yesterday } = report.figures.morning;
  const said = wrapColumns(sentence(report.periods.unit === 'day' ? yesterday : matrix), width).map(
    emphasize,
  );
  if (report.since === null) return `${[...said, ...wrapColumns(FIRST_STEPS, width)].join('\n')}\n`;
  const lines = [...said, '', ...matrixLines(matrix, width)];
  const below = footer(report, width, MOST_LINES - lines.length);
  return `${[...lines, ...below].join('\n')}\n`;
}

const FIRST_STEPS = 'wasp-collector serve receives them; demo-data fills an empty store to look at.';

/** As much as there is room for, the most important last sentence first. */
function footer(report: Report, width: number, room: number): string[] {
  const { leftOut, environment, periods } = report;
  const where = environment === 'all' ? 'All environments' : `Environment ${environment}`;
  const ids = `${leftOut.excluded} ids excluded, ${leftOut.burstPersons} of bursts left out`;
  const more = 'Every figure: report --all';
  const explained = `${where}, ${periods.timeZone}; ${ids}. After ·: so far; →: at this pace. ${more}.`;
  const choices = [explained, `${ids}. ${more}.`, `${more}.`].map((text) => wrapColumns(text, width));
  return choices.find((lines) => lines.length <= room) ?? [];
}
