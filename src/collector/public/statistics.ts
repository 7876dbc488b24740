/** The published tables, of one report for each week. */

import type { FigureName, Figures } from '../report/figures/index.ts';
import { SYSTEMS } from '../report/operating-system.ts';
import type { Report } from '../report/report.ts';
import type { Table } from '../report/table.ts';
import { LEAST, published } from './published.ts';

/** What a week's report has to have. */
export const WEEKLY_FIGURES = [
  'active-users',
  'people',
  'systems',
  'versions',
] as const satisfies FigureName[];

/**
 * With `others`, a week has at most five cells that add up to its active users. With ten, a sum of tens could give away
 * a hidden number; with five, at least six values stay possible.
 */
const MOST_VERSIONS = 4;

/** Three tables, every cell after the first of which is {@link published}. */
export interface Statistics {
  weeks: Table;
  systems: Table;
  versions: Table;
}

/** @param reports one complete week each, oldest first, at least one, with {@link WEEKLY_FIGURES} */
export function statisticsOf(reports: readonly Report[]): Statistics {
  const latest = reports.at(-1) as Report;
  return { weeks: weeks(reports), systems: systems(reports), versions: versions(latest) };
}

function weeks(reports: readonly Report[]): Table {
  return {
    id: 'weeks',
    title: 'Users per week',
    definition:
      'Active: with a report in the week (Monday to Sunday, UTC) from their own machine, each once. New: whose first report ever ' +
      'lies in the week. Built, deployed: with at least one wasp build, or one wasp deploy that puts an app somewhere.',
    columns: ['week', 'active', 'new', 'built', 'deployed'],
    rows: reports.map((report) => {
      const [active] = needed(report, 'active-users');
      const [people] = needed(report, 'people');
      return [
        weekOf(report),
        ...[active?.users, active?.new, people?.built, people?.deployed].map((users) =>
          published(users ?? 0),
        ),
      ];
    }),
    charts: [{ kind: 'lines', title: '', series: ['active', 'new', 'built', 'deployed'] }],
  };
}

function systems(reports: readonly Report[]): Table {
  return {
    id: 'systems',
    title: 'Users by operating system per week',
    definition: 'Active users; who uses two systems within a week counts in both.',
    columns: ['week', ...SYSTEMS],
    rows: reports.map((report) => [
      weekOf(report),
      ...(needed(report, 'systems')[0]?.users ?? SYSTEMS.map(() => 0)).map(published),
    ]),
    charts: [{ kind: 'lines', title: '', series: SYSTEMS }],
  };
}

function versions(report: Report): Table {
  const { most, othersPerPeriod } = needed(report, 'versions');
  const counts = most.map(({ version, latestPerPeriod }) => ({
    version,
    users: latestPerPeriod[0] as number,
  }));
  const named = new Set(
    counts
      .filter(({ users }) => users >= LEAST)
      .toSorted((one, other) => other.users - one.users)
      .slice(0, MOST_VERSIONS),
  );
  const others = counts
    .filter((count) => !named.has(count))
    .reduce((sum, { users }) => sum + users, othersPerPeriod[0] as number);
  return {
    id: 'versions',
    title: `Users by version in the week of ${weekOf(report)}`,
    definition:
      `Active users, each once, by the version of their latest report in the week: the ${MOST_VERSIONS} most used ` +
      `versions with at least ${LEAST} users, newest first, and all others together.`,
    columns: ['version', 'users'],
    rows: [
      ...counts.filter((count) => named.has(count)).map(({ version, users }) => [version, published(users)]),
      ['others', published(others)],
    ],
    charts: [],
  };
}

/** The local date on which the week began. */
function weekOf({ periods }: Report): string {
  return periods.labels[0] as string;
}

function needed<Name extends FigureName>({ figures }: Report, name: Name): Figures[Name] {
  const numbers = figures[name];
  if (numbers === undefined) throw new Error(`The statistics need the figure ${name}.`);
  return numbers;
}
