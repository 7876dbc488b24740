import type { PeriodUnit } from '../periods.ts';
import { type Column, type ColumnName, changeFromUsual, columnOf, type Matrix, verdict } from './matrix.ts';

/**
 * What happened in the matrix' last complete period: `455 active yesterday, 4 % above a usual Monday; 73 new projects;
 * nothing unusual.` Page, terminal and digest say the same.
 */
export function sentence(matrix: Matrix): string {
  const used = columnOf(matrix, 'used');
  if (matrix.since === null) return 'No reports yet.';
  if (used.count === null) {
    const soFar = number(used.series.at(-1) ?? 0);
    return `The first report came ${THIS[matrix.unit]}; ${soFar} active so far, and nothing to compare with yet.`;
  }
  const projects = columnOf(matrix, 'projects').count ?? 0;
  return `${[
    `${number(used.count)} active ${LAST[matrix.unit]}${compared(used, matrix)}`,
    `${number(projects)} new ${projects === 1 ? 'project' : 'projects'}`,
    ...unusual(matrix),
  ].join('; ')}.`;
}

const LAST: Record<PeriodUnit, string> = { day: 'yesterday', week: 'last week', month: 'last month' };
const THIS: Record<PeriodUnit, string> = { day: 'today', week: 'this week', month: 'this month' };

/** `, 4 % above a usual Monday`. */
function compared(column: Column, { like }: Matrix): string {
  if (column.usual === null) return '';
  const change = changeFromUsual(column);
  if (change === null || change === 0)
    return column.count === column.usual.median ? `, as on a usual ${like}` : '';
  return `, ${Math.abs(change)} % ${change > 0 ? 'above' : 'below'} a usual ${like}`;
}

/** What lies outside the range of the four periods like it. */
function unusual(matrix: Matrix): string[] {
  const { columns, unit } = matrix;
  if (columns.every((column) => verdict(column) === 'unknown')) {
    return [`too few ${unit}s yet to say what is usual`];
  }
  const found = columns.filter((column) => ['above', 'below'].includes(verdict(column)));
  if (found.length === 0) return ['nothing unusual'];
  return [`unusual: ${found.map(outside).join(', ')}`];
}

/** `14 deployed (usually 5 to 9)`. */
function outside({ name, count, usual }: Column): string {
  const range =
    usual && (usual.low === usual.high ? number(usual.low) : `${number(usual.low)} to ${number(usual.high)}`);
  return `${number(count ?? 0)} ${WORDS[name]} (usually ${range})`;
}

const WORDS: Record<ColumnName, string> = {
  installed: 'installed',
  used: 'active',
  built: 'built',
  deployed: 'deployed',
  projects: 'new projects',
};

function number(value: number): string {
  return value.toLocaleString('en');
}
