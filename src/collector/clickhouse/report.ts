/** The figures of a report, calculated by ClickHouse. Equal, cell by cell, to `report/report.ts` on the same events. */
import { QUARTER_HOUR_MS } from '../quarter-hours.ts';
import { type Counted, lastApart } from '../report/figure.ts';
import { FIGURE_NAMES, type FigureName, type Figures } from '../report/figures/index.ts';
import { completePeriods, type Periods, withCurrent } from '../report/periods.ts';
import type { Report, ReportOptions } from '../report/report.ts';
import { chosen } from '../report/selection.ts';
import { type Asker, asker } from './ask.ts';
import { type ClickHouse, selectFromAll } from './cluster.ts';
import { activeUsers } from './figures/active-users.ts';
import { conversion } from './figures/conversion.ts';
import { deploys } from './figures/deploys.ts';
import { effect } from './figures/effect.ts';
import { funnel } from './figures/funnel.ts';
import { installs } from './figures/installs.ts';
import { morning } from './figures/morning.ts';
import { people } from './figures/people.ts';
import { projects } from './figures/projects.ts';
import { retention } from './figures/retention.ts';
import { systems } from './figures/systems.ts';
import { totals } from './figures/totals.ts';
import { versions } from './figures/versions.ts';
import { findLeftOut } from './left-out.ts';
import type { Question } from './question.ts';
import { EVENTS } from './schema.ts';

type FigureSql = { [Name in FigureName]: (question: Question) => Promise<Counted<Figures[Name]>> };

const FIGURES: FigureSql = {
  morning: whole(morning),
  totals: whole(totals),
  'active-users': byPeriod(activeUsers),
  people: byPeriod(people),
  projects: byPeriod(projects),
  retention: whole((question) => retention(question, question.periods)),
  funnel: byPeriod(funnel),
  conversion: whole((question) => conversion(question, question.periods)),
  deploys: byPeriod(deploys),
  versions,
  effect: whole(effect),
  systems: byPeriod(systems),
  installs: byPeriod(installs),
};

function whole<Numbers>(count: (question: Question) => Promise<Numbers>) {
  return async (question: Question): Promise<Counted<Numbers>> => ({ complete: await count(question) });
}

/** With the period that hasn't ended. */
function byPeriod<Row>(count: (question: Question, periods: Periods) => Promise<Row[]>) {
  return async (question: Question) => lastApart(await count(question, withCurrent(question.periods)));
}

/** @throws UnknownTimeZoneError, ClickHouseError */
export async function reportFromClickHouse(
  clickHouse: ClickHouse,
  options: ReportOptions,
  names: readonly FigureName[] = FIGURE_NAMES,
): Promise<Report> {
  const quarterHour = Math.floor(options.now / QUARTER_HOUR_MS);
  const ask = await asker(clickHouse, { quarterHour, final: false });
  const report = await calculated(clickHouse, ask, options, names);
  if (!(await ask.mayHaveCountedTwice())) return report;
  return calculated(clickHouse, await asker(clickHouse, { quarterHour, final: true }), options, names);
}

async function calculated(
  clickHouse: ClickHouse,
  ask: Asker,
  options: ReportOptions,
  names: readonly FigureName[],
): Promise<Report> {
  const { unit, count, timeZone, environment, now } = options;
  const periods = completePeriods(unit, count, timeZone, now);
  const nowQuarterHour = Math.floor(now / QUARTER_HOUR_MS);
  const leftOut = await findLeftOut(clickHouse, ask, options, nowQuarterHour);
  const since = await firstReport(clickHouse, nowQuarterHour);
  const question: Question = {
    ...{ ask, periods, now, nowQuarterHour, since },
    environments: chosen(environment),
    leftOut: leftOut.users,
  };
  const figures: Record<string, unknown> = {};
  const soFar: Record<string, unknown> = {};
  for (const name of names) {
    const counted: Counted<unknown> = await FIGURES[name](question);
    figures[name] = counted.complete;
    if (counted.soFar !== undefined) soFar[name] = counted.soFar;
  }
  return {
    ...{
      periods,
      environment,
      now,
      since: since === null ? null : since * QUARTER_HOUR_MS,
      leftOut: leftOut.told,
    },
    ...{ figures, soFar },
  };
}

/** The quarter hour of the first report of any kind from anywhere, up to that of now; null if there is none. */
async function firstReport(clickHouse: ClickHouse, until: number): Promise<number | null> {
  const sql = `SELECT min(quarter), count() FROM ${EVENTS} WHERE quarter <= ${until}`;
  const found = (await selectFromAll(clickHouse, sql)).filter(([, count]) => Number(count) > 0);
  return found.length === 0 ? null : Math.min(...found.map(([quarter]) => Number(quarter)));
}
