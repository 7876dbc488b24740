import { OperatorError } from '../../errors.ts';
import { FIGURE_NAMES, type FigureName } from '../../report/figures/index.ts';
import { nearest } from './nearest.ts';

/** Tables that are not named as their figure. */
const TABLES: Readonly<Record<string, FigureName>> = { uptake: 'versions' };
export const NAMES: readonly string[] = [...FIGURE_NAMES, ...Object.keys(TABLES)];

/** What was asked for: figures, and of those only these tables; all of them if `ids` is undefined. */
export interface Wanted {
  figures: FigureName[];
  ids?: readonly string[];
}

/**
 * Figures and tables by their names on the command line, in the order of the questions.
 * Throws {@link OperatorError} that names what may have been meant.
 */
export function wantedFigures(names: readonly string[]): Wanted {
  const unknown = names.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    const meant = nearest(unknown, NAMES);
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
    throw new OperatorError(
      `There is no figure ${JSON.stringify(unknown)}.${hint} Figures: ${NAMES.join(', ')}.`,
    );
  }
  const figures = FIGURE_NAMES.filter((figure) => names.some((name) => (TABLES[name] ?? name) === figure));
  const tables = Object.entries(TABLES).flatMap(([table, figure]) => (names.includes(figure) ? [table] : []));
  return { figures, ids: [...new Set([...names, ...tables])] };
}
