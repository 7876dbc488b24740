import { INSTALL_EVENT, NPM_INSTALL_EVENT } from '../../../protocol/report.ts';
import { KINDS } from '../../kinds.ts';
import type { Installs } from '../../report/figures/installs.ts';
import { SYSTEMS } from '../../report/operating-system.ts';
import type { Periods } from '../../report/periods.ts';
import { AFTER, BEFORE, periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { installations } from '../scope.ts';

const SCRIPT = KINDS[INSTALL_EVENT];
const NPM = KINDS[NPM_INSTALL_EVENT];

/** See `report/figures/installs.ts`. */
export async function installs(question: Question, periods: Periods): Promise<Installs[]> {
  const [counted] = (await installsIn(question, [periods])) as [Installs[]];
  return counted;
}

/** For each of these calendars, by period; read in one go. */
export async function installsIn(question: Question, calendars: readonly Periods[]): Promise<Installs[][]> {
  const columns = `kind, system, [${calendars.map((one) => periodOf(one)).join(', ')}] AS periods`;
  const only = `(${calendars.map((one) => within(one)).join(' OR ')})`;
  const sums = await question.ask.sums(
    (users) => `
      SELECT calendar, period, kind, system, count()
      FROM ${installations(scopeOf(question, users), [SCRIPT, NPM], columns, only)}
      ARRAY JOIN periods AS period, [${calendars.map((_, index) => index)}] AS calendar
      WHERE period != ${BEFORE} AND period != ${AFTER} GROUP BY calendar, period, kind, system`,
    4,
  );
  return calendars.map((periods, calendar) =>
    byPeriod(periods, (...key) => sums.at(calendar, ...key)[0] as number),
  );
}

/** @param countOf by period from 1, kind and system */
function byPeriod(
  { labels }: Periods,
  countOf: (period: number, kind: number, system: number) => number,
): Installs[] {
  return labels.map((period, index) => {
    const bySystem = SYSTEMS.map((name, system) => {
      const [script, npm] = [countOf(index + 1, SCRIPT, system), countOf(index + 1, NPM, system)];
      return { name, script, npm, installs: script + npm };
    });
    const sum = (key: 'script' | 'npm' | 'installs') => bySystem.reduce((total, one) => total + one[key], 0);
    const byOs = Object.fromEntries(
      bySystem.filter((one) => one.installs > 0).map((one) => [one.name, one.installs]),
    );
    return { period, script: sum('script'), npm: sum('npm'), installs: sum('installs'), byOs };
  });
}
