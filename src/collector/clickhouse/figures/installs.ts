import { INSTALL_EVENT, NPM_INSTALL_EVENT } from '../../../protocol/report.ts';
import { KINDS } from '../../kinds.ts';
import type { Installs } from '../../report/figures/installs.ts';
import { SYSTEMS } from '../../report/operating-system.ts';
import type { Periods } from '../../report/periods.ts';
import { periodOf, within } from '../periods-sql.ts';
import { type Question, scopeOf } from '../question.ts';
import { installations } from '../scope.ts';

const SCRIPT = KINDS[INSTALL_EVENT];
const NPM = KINDS[NPM_INSTALL_EVENT];

/** See `report/figures/installs.ts`. */
export async function installs(question: Question, periods: Periods): Promise<Installs[]> {
  const { ask } = question;
  const columns = `kind, quarter, system, ${periodOf(periods)} AS period`;
  const sums = await ask.sums(
    (users) => `
      SELECT period, kind, system, count() FROM ${installations(scopeOf(question, users), [SCRIPT, NPM], columns, within(periods))}
      GROUP BY period, kind, system`,
    3,
  );
  return periods.labels.map((period, index) => {
    const bySystem = SYSTEMS.map((name, system) => {
      const [script = 0, npm = 0] = [SCRIPT, NPM].map(
        (kind) => sums.at(index + 1, kind, system)[0] as number,
      );
      return { name, script, npm, installs: script + npm };
    });
    const sum = (key: 'script' | 'npm' | 'installs') => bySystem.reduce((total, one) => total + one[key], 0);
    const byOs = Object.fromEntries(
      bySystem.filter((one) => one.installs > 0).map((one) => [one.name, one.installs]),
    );
    return { period, script: sum('script'), npm: sum('npm'), installs: sum('installs'), byOs };
  });
}
