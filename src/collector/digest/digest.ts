/** What is posted: one text, one picture, and the same as numbers. */
import type { Note } from '../notes.ts';
import { type Matrix, titleOf } from '../report/morning/matrix.ts';
import { noted } from '../report/morning/noted.ts';
import { sentence } from '../report/morning/sentence.ts';
import type { PeriodUnit } from '../report/periods.ts';
import type { Report } from '../report/report.ts';
import { matrixLines } from '../report/text/matrix-text.ts';

/** Discord takes 2,000 characters; some are left for what surrounds the text. */
export const MOST_CHARACTERS = 1900;

/** Columns of the matrix in a chat on a phone. */
const WIDTH = 56;

/** One period that has ended. */
export interface Part {
  unit: PeriodUnit;
  /** The local date on which the period began. */
  label: string;
  /** What happened, in one sentence, and what the maintainers noted about it. */
  text: string;
  matrix: Matrix;
}

export interface Digest {
  title: string;
  /** Shortest period first; at least one. */
  parts: readonly Part[];
  /** The matrix of the longest period, lines of text for a fixed-width font; none if nothing was received yet. */
  lines: readonly string[];
  /** The report of the longest period, with its `active-users`. */
  report: Report;
  /** Where to read more; undefined if no address was given. */
  link: string | undefined;
  /** All of the maintainers'. */
  notes: readonly Note[];
}

/** @param reports of each period that is due, shortest first, with the figures `morning` and `active-users` */
export function digestOf(
  reports: readonly Report[],
  { link, notes }: Pick<Digest, 'link' | 'notes'>,
): Digest {
  const parts = reports.map((report) => partOf(report, notes));
  const last = parts.at(-1) as Part;
  return {
    title: `Wasp, ${titleOf(last.matrix)}`,
    parts,
    lines: last.matrix.since === null ? [] : matrixLines(last.matrix, WIDTH),
    report: reports.at(-1) as Report,
    ...{ link, notes },
  };
}

function partOf(report: Report, notes: readonly Note[]): Part {
  const { morning } = report.figures;
  if (!morning) throw new Error('A digest needs the figure morning.');
  const matrix = report.periods.unit === 'day' ? morning.yesterday : morning.matrix;
  return {
    unit: matrix.unit,
    label: matrix.label,
    text: `${sentence(matrix)}${noted(matrix, notes)}`,
    matrix,
  };
}

/** Markdown for Discord and what reads alike: the sentences, the matrix in a block unless that is too long, the address. */
export function textOf({ title, parts, lines, link }: Digest): string {
  const sentences = parts.map(({ text }) => text);
  const withBlock = (block: readonly string[]) =>
    [`**${title}**`, ...sentences, ...block, ...(link ? [link] : [])].join('\n');
  const choices = [lines.length === 0 ? [] : ['```', ...lines, '```'], []].map(withBlock);
  const fitting = choices.find((text) => text.length <= MOST_CHARACTERS);
  return fitting ?? `${sentences.join('\n').slice(0, MOST_CHARACTERS - 1)}…`;
}
