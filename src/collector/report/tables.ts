/** Numbers → tables, the one form that text, CSV and the page are made from. */
import { SLOT_MS } from '../quarter-hours.ts';
import { AGE_GROUPS } from './active-users.ts';
import { WINDOWS } from './conversion.ts';
import { DEPLOY_TARGETS } from './deploys.ts';
import type { Periods, PeriodUnit } from './periods.ts';
import type { FigureName, Figures, Report } from './report.ts';
import { SYSTEMS } from './systems.ts';
import { newestFirst, UPTAKE_DAYS } from './versions.ts';

/** A count with what it is a share of; `of` 0 has no share. */
export interface Share {
  count: number;
  of: number;
}

/** Null: not known yet, or nothing to say. */
export type Cell = string | number | Share | null;

export interface Table {
  /** Unique in a report; the figure's name unless a figure has two tables. */
  id: string;
  figure: FigureName;
  title: string;
  /** What exactly is counted. */
  definition: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** The tables of all figures that the report has, in their order. */
export function tables({ figures, periods }: Report): Table[] {
  return (Object.keys(figures) as FigureName[]).flatMap((name) => tablesOf(name, figures, periods));
}

function tablesOf<Name extends FigureName>(name: Name, figures: Partial<Figures>, periods: Periods): Table[] {
  const make: (figure: Figures[Name], periods: Periods) => Omit<Table, 'figure'>[] = MAKERS[name];
  return make(figures[name] as Figures[Name], periods).map((table) => ({ ...table, figure: name }));
}

const MAKERS: { [Name in FigureName]: (figure: Figures[Name], periods: Periods) => Omit<Table, 'figure'>[] } =
  {
    totals: (rows) => [
      {
        id: 'totals',
        title: 'Totals',
        definition:
          'Everything received so far. A user is an id, a project an id and a project hash; built and deployed ' +
          'projects are those with at least one build, or deploy. One user may count in several environments.',
        columns: ['environment', 'users', 'projects', 'built', 'deployed', 'reports'],
        rows: rows.map((row) => [
          row.environment,
          row.users,
          row.projects,
          row.projectsBuilt,
          row.projectsDeployed,
          row.reports,
        ]),
      },
    ],

    'active-users': (rows, { unit }) => [
      {
        id: 'active-users',
        title: `Active users per ${unit}`,
        definition:
          'Users with a report in the period, by age: from their first report ever to their latest in the period.',
        columns: [unit, ...AGE_GROUPS, 'all'],
        rows: rows.map(({ period, byAge, users }) => [period, ...byAge, users]),
      },
    ],

    people: (rows, { unit }) => [
      {
        id: 'people',
        title: `Who built and deployed per ${unit}, and how often`,
        definition:
          'Users, each once: active, with a build, with a deploy. Then calendar days with a report per active user, and ' +
          'reported builds and deploys. Then users who have ever built or deployed until the period’s end.',
        columns: [
          ...[unit, 'active', 'built', 'deployed', 'days active per user', 'builds', 'deploys'],
          ...['ever built', 'ever deployed'],
        ],
        rows: rows.map((row) => [
          ...[row.period, row.users, share(row.built, row.users), share(row.deployed, row.users)],
          row.users === 0 ? null : (row.activeDays / row.users).toFixed(1),
          ...[row.builds, row.deploys, row.everBuilt, row.everDeployed],
        ]),
      },
    ],

    projects: (rows, { unit }) => [
      {
        id: 'projects',
        title: `Projects per ${unit}`,
        definition:
          'Projects by their first report, first build and first deploy: new in the period, and in total until its end.',
        columns: [unit, 'created', 'built', 'deployed', 'created, total', 'built, total', 'deployed, total'],
        rows: rows.map(({ period, created, built, deployed }) => [
          period,
          created.new,
          built.new,
          deployed.new,
          created.total,
          built.total,
          deployed.total,
        ]),
      },
    ],

    retention: (rows, { unit, count }) => [
      {
        id: 'retention',
        title: `Retention by ${unit}`,
        definition: `Of the users first seen in a ${unit}, how many were active 1, 2, 3 … ${unit}s later.`,
        columns: [
          `first ${unit}`,
          'users',
          ...Array.from({ length: count - 1 }, (_, index) => `+${index + 1}`),
        ],
        rows: rows.map(({ period, active: [size = 0, ...later] }) => [
          period,
          size,
          ...Array.from({ length: count - 1 }, (_, index) => share(later[index], size)),
        ]),
      },
    ],

    funnel: (rows, { unit }) => [
      {
        id: 'funnel',
        title: 'From installation to deploy',
        definition:
          `Installations in each ${unit}; users first seen in it; how many of those have built (or deployed) and ` +
          'deployed until now. An installation has an id of its own, so its user can’t be followed.',
        columns: [unit, 'installed', 'used', 'built', 'deployed'],
        rows: rows.map((row) => [
          row.period,
          row.installed,
          row.used,
          share(row.built, row.used),
          share(row.deployed, row.used),
        ]),
      },
    ],

    conversion: (rows, { unit }) => [
      {
        id: 'conversion',
        title: 'From first use to build and deploy, in the same time each',
        definition:
          `Of the users first seen in a ${unit}, how many built (or deployed) and deployed within so many days of 24 hours ` +
          'from their first report. “Not yet”: not all of them have had that many days.',
        columns: [
          ...[`first ${unit}`, 'users'],
          ...WINDOWS.map((days) => `built, ${days} d`),
          ...WINDOWS.map((days) => `deployed, ${days} d`),
        ],
        rows: rows.map(({ period, used, windows }) => [
          ...[period, used],
          ...windows.map(({ built }) => (built === null ? 'not yet' : share(built, used))),
          ...windows.map(({ deployed }) => (deployed === null ? 'not yet' : share(deployed, used))),
        ]),
      },
    ],

    deploys: (rows, { unit }) => [
      {
        id: 'deploys',
        title: `Deploys per ${unit}`,
        definition:
          'Reports of `wasp deploy` that put an app on a host, not setup, create-db or cmd. A project reports at most ' +
          'one command in 12 hours, so projects, each counted once, are the better measure.',
        columns: [
          unit,
          ...DEPLOY_TARGETS.map((target) => `${target}: projects`),
          ...DEPLOY_TARGETS.map((target) => `${target}: deploys`),
        ],
        rows: rows.map(({ period, byTarget }) => [
          period,
          ...byTarget.map(({ projects }) => projects),
          ...byTarget.map(({ deploys }) => deploys),
        ]),
      },
    ],

    versions: (versions, { unit, labels }) => {
      const rows = newestFirst(versions);
      return [
        {
          id: 'versions',
          title: `Users by version per ${unit}`,
          definition:
            'The versions with the most reports. Who changes version within a period counts in both.',
          columns: [unit, ...rows.map(({ version }) => version)],
          rows: labels.map((label, index) => [
            label,
            ...rows.map(({ usersPerPeriod }) => usersPerPeriod[index] as number),
          ]),
        },
        {
          id: 'uptake',
          title: 'How fast versions are taken up',
          definition:
            'Of the users active in the days (of 24 hours) from a version’s first report on, how many used that version.',
          columns: [
            'version',
            'first report (UTC)',
            'users',
            ...UPTAKE_DAYS.map((days) => `first ${days === 1 ? 'day' : `${days} days`}`),
          ],
          rows: rows.map(({ version, firstSlot, users, uptake }) => [
            version,
            new Date(firstSlot * SLOT_MS).toISOString().slice(0, 10),
            users,
            ...uptake.map((window) => window && share(window.users, window.active)),
          ]),
        },
      ];
    },

    systems: (rows, { unit }) => [
      {
        id: 'systems',
        title: `Users by operating system per ${unit}`,
        definition: 'Active users; who uses two systems within a period counts in both.',
        columns: [unit, ...SYSTEMS],
        rows: rows.map(({ period, users }) => [period, ...users]),
      },
    ],

    installs: (rows, { unit }) => [
      {
        id: 'installs',
        title: `Installations per ${unit}`,
        definition:
          'Each reported run of install.sh and each installation of the npm package, then the same by system.',
        columns: [unit, 'install.sh', 'npm', 'all', ...SYSTEMS],
        rows: rows.map(({ period, script, npm, installs, byOs }) => [
          period,
          script,
          npm,
          installs,
          ...SYSTEMS.map((system) => byOs[system] ?? 0),
        ]),
      },
    ],
  };

function share(count: number | undefined, of: number): Share | null {
  return count === undefined ? null : { count, of };
}

/** `34 %`, or a dash where there is nothing to be a share of. */
export function percentage({ count, of }: Share): string {
  return of === 0 ? '–' : `${Math.round((100 * count) / of)} %`;
}

/** What every figure of the report has in common, a sentence each. */
export function preamble({ periods, environment, now, leftOut }: Report): string[] {
  const { unit, count, timeZone, labels, end } = periods;
  const range = `${count} complete ${plural(count, unit)}, ${labels[0]} to ${end} (exclusive), time zone ${timeZone}`;
  const weeks = unit === 'week' ? '; weeks begin on Monday' : '';
  const where = environment === 'all' ? 'all environments' : `environment ${environment}`;
  return [
    `Calculated ${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC, ${where}.`,
    `${range}${weeks}. Times are the server’s, to the quarter hour.`,
    `Left out: ${leftOutText(leftOut)}.`,
  ];
}

function leftOutText({ excluded, burstMinimum, bursts, burstPersons }: Report['leftOut']): string {
  const ids = `${excluded} excluded ${plural(excluded, 'id')}`;
  if (burstMinimum === null) return `${ids}; the burst rule is off`;
  return (
    `${ids}; ${burstPersons} local ${plural(burstPersons, 'id')} in ${bursts} ${plural(bursts, 'burst')} ` +
    `(a quarter hour with at least ${burstMinimum} new ids and 4 times the mean of the 28 days before; ` +
    'ids that came back after more than 25 hours count)'
  );
}

function plural(count: number, noun: string | PeriodUnit): string {
  return count === 1 ? noun : `${noun}s`;
}
