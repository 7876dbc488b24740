/** Holds the answers of two engines against each other, cell by cell. */
import type { ReportEngine } from '../report/engine.ts';
import { FIGURE_NAMES, type FigureName } from '../report/figures/index.ts';
import type { ReportOptions } from '../report/report.ts';

export interface Comparison {
  figure: FigureName | 'left out';
  cells: number;
  /** Where they differ: the way to the cell, and both values as JSON. */
  differences: { path: string; one: string; other: string }[];
}

/** Asks both every figure. @throws what the engines throw */
export async function compare(
  one: ReportEngine,
  other: ReportEngine,
  options: ReportOptions,
): Promise<Comparison[]> {
  const [first, second] = [
    await one.report(options, FIGURE_NAMES),
    await other.report(options, FIGURE_NAMES),
  ];
  const about = (report: typeof first) => ({
    leftOut: report.leftOut,
    since: report.since,
    periods: report.periods,
  });
  return [
    compared('left out', about(first), about(second)),
    ...FIGURE_NAMES.map((name) =>
      compared(
        name,
        { complete: first.figures[name], soFar: first.soFar[name] },
        { complete: second.figures[name], soFar: second.soFar[name] },
      ),
    ),
  ];
}

function compared(figure: Comparison['figure'], one: unknown, other: unknown): Comparison {
  const [cells, others] = [cellsOf(one), cellsOf(other)];
  const paths = [...new Set([...cells.keys(), ...others.keys()])];
  const differences = paths
    .map((path) => ({ path, one: cells.get(path) ?? 'none', other: others.get(path) ?? 'none' }))
    .filter((difference) => difference.one !== difference.other);
  return { figure, cells: paths.length, differences };
}

/** Way to each number or text → its JSON. */
function cellsOf(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) {
    return value === undefined ? new Map() : new Map([[path, JSON.stringify(value)]]);
  }
  return new Map(
    Object.entries(value).flatMap(([key, item]) => [...cellsOf(item, path === '' ? key : `${path}.${key}`)]),
  );
}
