import { formatNumber } from '../format.ts';
import type { PeriodUnit } from '../periods.ts';
import { type Column, changeFromUsual, columnOf, isUnusual, type Matrix, verdict } from './matrix.ts';

/**
 * What happened in the matrix' last complete period: `455 active yesterday, 4 % above a usual Monday; 73 new projects;
 * nothing unusual.` Page, terminal and digest say the same.
 */
export function sentence(matrix: Matrix): string {
  const used = columnOf(matrix, 'used');
  if (matrix.since === null) return 'No reports yet.';
  if (used.count === null) {
    const soFar = formatNumber(used.series.at(-1) ?? 0);
    return `The first report came ${THIS[matrix.unit]}; ${soFar} active so far, and nothing to compare with yet.`;
  }
  const nothing = nothingIn(matrix);
  if (nothing) return nothing;
  const projects = columnOf(matrix, 'projects');
  const others = matrix.columns.filter((column) => column !== used && column !== projects);
  return `${[
    `${formatNumber(used.count)} active ${LAST[matrix.unit]}${compared(used, matrix)}${range(used)}`,
    `${formatNumber(projects.count ?? 0)} new ${projects.count === 1 ? 'project' : 'projects'}${range(projects)}`,
    ...others
      .filter(isUnusual)
      .map((column) => `${formatNumber(column.count ?? 0)} ${column.name}${range(column)}`),
    ...inAll(matrix),
  ].join('; ')}.`;
}

/**
 * `No reports from yesterday, nor from the 13 days before it.` After weeks without any, none would be as usual.
 * Undefined if something came then or in the period before, or if none is unusual and has to be told as such.
 */
function nothingIn({ columns, unit }: Matrix): string | undefined {
  const periods = Math.min(...columns.map(({ series }) => lastWithoutAny(series.slice(0, -1))));
  if (periods < 2 || columns.some(isUnusual)) return undefined;
  return `No reports from ${LAST[unit]}, nor from the ${periods === 2 ? unit : `${periods - 1} ${unit}s`} before it.`;
}

/** How many of the latest are 0, one after the other. */
function lastWithoutAny(counts: readonly (number | null)[]): number {
  return counts.length - 1 - counts.findLastIndex((count) => count !== 0);
}

const LAST: Record<PeriodUnit, string> = { day: 'yesterday', week: 'last week', month: 'last month' };
const THIS: Record<PeriodUnit, string> = { day: 'today', week: 'this week', month: 'this month' };

/** `, 4 % above a usual Monday`. */
function compared(column: Column, { like, unit }: Matrix): string {
  const change = changeFromUsual(column);
  if (change === null) return '';
  if (change === 0) return `, as ${unit === 'day' ? 'on' : 'in'} a usual ${like}`;
  return `, ${Math.abs(change)} % ${change > 0 ? 'above' : 'below'} a usual ${like}`;
}

/** ` (usually 5 to 9)`, where that is worth a word. */
function range(column: Column): string {
  const { usual } = column;
  if (usual === null || !isUnusual(column)) return '';
  const { low, high } = usual;
  return ` (usually ${low === high ? formatNumber(low) : `${formatNumber(low)} to ${formatNumber(high)}`})`;
}

function inAll({ columns, unit }: Matrix): string[] {
  if (columns.every((column) => verdict(column) === 'unknown')) {
    return [`too few ${unit}s yet to say what is usual`];
  }
  if (columns.some(isUnusual)) return [];
  // Small counts leave the range of four by chance; the matrix shows that, and no word of it is worth it.
  const isOutside = columns.some((column) => ['above', 'below'].includes(verdict(column)));
  return [isOutside ? 'nothing far from usual' : 'nothing unusual'];
}
