import type { Figure } from '../figure.ts';
import { calculateMatrix } from '../morning/calculate.ts';
import type { Matrix } from '../morning/matrix.ts';
import { matrixTable } from '../morning/matrix-table.ts';
import { sentence } from '../morning/sentence.ts';
import { PERIOD_COUNTS } from '../periods.ts';
import { projectBeginnings } from '../project-beginnings.ts';

export interface Morning {
  /** Of the report's periods. */
  matrix: Matrix;
  /** Of days, whatever the report's periods are: what happened yesterday. */
  yesterday: Matrix;
}

export const morningFigure: Figure<Morning> = {
  count: (context) => {
    const { unit, count } = context.periods;
    const projects = projectBeginnings(context);
    const yesterday = calculateMatrix(
      context,
      projects,
      'day',
      unit === 'day' ? count : PERIOD_COUNTS.day.usual,
    );
    const matrix = unit === 'day' ? yesterday : calculateMatrix(context, projects, unit, count);
    return { complete: { matrix, yesterday } };
  },
  json: ({ matrix, yesterday }) => ({ sentence: sentence(yesterday), matrix, yesterday }),
  tables: ({ matrix }) => [matrixTable(matrix)],
};
