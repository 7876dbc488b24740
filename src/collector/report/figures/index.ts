import type { Figure } from '../figure.ts';
import { activeUsersFigure } from './active-users.ts';
import { conversionFigure } from './conversion.ts';
import { deploysFigure } from './deploys.ts';
import { effectFigure } from './effect.ts';
import { funnelFigure } from './funnel.ts';
import { installsFigure } from './installs.ts';
import { morningFigure } from './morning.ts';
import { peopleFigure } from './people.ts';
import { projectsFigure } from './projects.ts';
import { retentionFigure } from './retention.ts';
import { systemsFigure } from './systems.ts';
import { totalsFigure } from './totals.ts';
import { versionsFigure } from './versions.ts';

/** Every figure by its name on the command line, in the order of the morning's questions, in which they are shown. */
export const FIGURES = {
  morning: morningFigure,
  installs: installsFigure,
  'active-users': activeUsersFigure,
  people: peopleFigure,
  projects: projectsFigure,
  funnel: funnelFigure,
  conversion: conversionFigure,
  retention: retentionFigure,
  deploys: deploysFigure,
  versions: versionsFigure,
  effect: effectFigure,
  systems: systemsFigure,
  totals: totalsFigure,
};

export type FigureName = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];

export type Figures = {
  [Name in FigureName]: (typeof FIGURES)[Name] extends Figure<infer Numbers> ? Numbers : never;
};

/** The figure of that name, for those who handle all figures alike. */
export function figureOf(name: FigureName): Figure<unknown> {
  return FIGURES[name] as Figure<unknown>;
}
