/** The figures of a report, calculated by ClickHouse. Equal, cell by cell, to `report/report.ts` on the same events. */
import { SLOT_MS } from '../quarter-hours.ts';
import { completePeriods } from '../report/periods.ts';
import {
  FIGURE_NAMES,
  type FigureName,
  type Figures,
  type Report,
  type ReportOptions,
} from '../report/report.ts';
import { chosen } from '../report/selection.ts';
import { asker } from './ask.ts';
import type { ClickHouse } from './cluster.ts';
import { activeUsers } from './figures/active-users.ts';
import { conversion } from './figures/conversion.ts';
import { deploys } from './figures/deploys.ts';
import { funnel } from './figures/funnel.ts';
import { installs } from './figures/installs.ts';
import { people } from './figures/people.ts';
import { projects } from './figures/projects.ts';
import { retention } from './figures/retention.ts';
import { systems } from './figures/systems.ts';
import { totals } from './figures/totals.ts';
import { versions } from './figures/versions.ts';
import { findLeftOut } from './left-out.ts';
import type { Question } from './question.ts';

type FigureSql = { [Name in FigureName]: (question: Question) => Promise<Figures[Name]> };

const FIGURES: FigureSql = {
  totals,
  'active-users': activeUsers,
  people,
  projects,
  retention,
  funnel,
  conversion,
  deploys,
  versions,
  systems,
  installs,
};

/** @throws UnknownTimeZoneError, ClickHouseError */
export async function reportFromClickHouse(
  clickHouse: ClickHouse,
  options: ReportOptions,
  names: readonly FigureName[] = FIGURE_NAMES,
): Promise<Report> {
  const { unit, count, timeZone, environment, now } = options;
  const periods = completePeriods(unit, count, timeZone, now);
  const quarterHour = Math.floor(now / SLOT_MS);
  const ask = await asker(clickHouse);
  const leftOut = await findLeftOut(clickHouse, ask, options, quarterHour);
  const question: Question = {
    ...{ ask, periods, now: quarterHour, until: quarterHour },
    environments: chosen(environment),
    leftOut: leftOut.users,
  };
  const figures: Partial<Record<FigureName, unknown>> = {};
  for (const name of names) figures[name] = await FIGURES[name](question);
  return { periods, environment, now, leftOut: leftOut.told, figures: figures as Partial<Figures> };
}
