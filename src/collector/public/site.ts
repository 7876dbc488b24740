/** The public site as files. */

import { tableCsv } from '../report/csv.ts';
import type { Report } from '../report/report.ts';
import type { Table } from '../report/table.ts';
import { badge } from './badge.ts';
import { tableChart } from './charts.ts';
import { type About, statisticsDocument } from './document.ts';
import { HIDDEN, LEAST, type published } from './published.ts';
import { statisticsOf } from './statistics.ts';

/**
 * Every file by its name. Nothing in them depends on when they were made, only on the weeks.
 * @param reports see {@link statisticsOf}
 */
export async function siteFiles(
  reports: readonly Report[],
  command: string,
): Promise<ReadonlyMap<string, string>> {
  const statistics = statisticsOf(reports);
  const about: About = { rules: rulesOf(reports), command };
  const { weeks, systems, versions } = statistics;
  const active = weeks.rows.at(-1)?.[1] as ReturnType<typeof published>;
  return new Map([
    ['index.html', statisticsDocument(statistics, about)],
    ['statistics.json', `${JSON.stringify(jsonOf([weeks, systems, versions], about), undefined, 2)}\n`],
    ...[weeks, systems, versions].map((table) => [`${table.id}.csv`, tableCsv(table)] as const),
    ['weeks.svg', await tableChart(weeks)],
    ['systems.svg', await tableChart(systems)],
    ['badge.svg', badge(active)],
  ]);
}

function rulesOf(reports: readonly Report[]): string[] {
  const { leftOut, periods } = reports.at(-1) as Report;
  return [
    `Every count is of users and is rounded down to a multiple of ${LEAST}; fewer than ${LEAST} users are shown as “${HIDDEN}”, none at ` +
      'all too. Totals, shares and other periods are not published, so that no hidden number can be calculated from the others.',
    'Only complete weeks are here, from Monday to Sunday in UTC, each counted as of its own end; what is received later does ' +
      `not change them. The latest ended on ${periods.end} (exclusive).`,
    'A user is a random id on a machine; who uses two machines counts twice. CI services and hosted development environments are not counted' +
      `${leftOut.burstMinimum === null ? '' : ', nor ids that look like those of an unrecognised CI service'}.`,
  ];
}

function jsonOf(tables: readonly Table[], { rules, command }: About): object {
  return {
    rules,
    command,
    tables: Object.fromEntries(
      tables.map(({ id, title, definition, columns, rows }) => [
        id,
        {
          ...{ title, definition },
          rows: rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]]))),
        },
      ]),
    ),
  };
}
