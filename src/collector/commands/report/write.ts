/** The answer in the form that was asked for. */
import { styleText } from 'node:util';
import type { Note } from '../../notes.ts';
import { tableCsv } from '../../report/csv.ts';
import { reportJson } from '../../report/json.ts';
import { type Report, tables } from '../../report/report.ts';
import { reportText } from '../../report/text/report-text.ts';
import { summaryText } from '../../report/text/summary.ts';
import { terminalWidth } from './terminal-width.ts';

/** How wide the summary is where nothing says how wide a line may be. */
const USUAL_WIDTH = 80;

export type Form = 'json' | 'csv' | 'text' | 'summary';

interface Parts {
  /** The tables that are wanted; all unless given. */
  ids?: readonly string[] | undefined;
  /** What the summary tells of the period beside its numbers. */
  notes?: readonly Note[];
}

export function written(report: Report, form: Form, { ids, notes }: Parts): string {
  switch (form) {
    case 'json':
      return `${JSON.stringify(reportJson(report), undefined, 2)}\n`;
    case 'csv':
      return csv(report, ids);
    case 'summary':
      return summaryText(report, terminalWidth() ?? USUAL_WIDTH, bold, notes);
    default:
      return reportText(report, terminalWidth() ?? Number.POSITIVE_INFINITY, ids);
  }
}

/** Of the one table that is wanted: two in one file can't be read by a program. */
function csv(report: Report, ids: readonly string[] = []): string {
  return tables(report)
    .filter(({ id }) => id === ids[0])
    .map(tableCsv)
    .join('');
}

/** Where the terminal can, and `NO_COLOR` doesn't forbid it. */
function bold(line: string): string {
  return styleText('bold', line, { stream: process.stdout });
}
