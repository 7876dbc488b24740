import { SLOT_MS } from '../quarter-hours.ts';
import { AGE_GROUPS } from './active-users.ts';
import type { Report } from './report.ts';
import { SYSTEMS } from './systems.ts';
import { newestFirst } from './versions.ts';

/** The report as an object for `JSON.stringify`: times in ISO 8601, UTC. */
export function reportJson({ periods, environment, now, leftOut, figures }: Report): object {
  const time = (slot: number) => new Date(slot * SLOT_MS).toISOString();
  return {
    calculatedAt: new Date(now).toISOString(),
    environment,
    timeZone: periods.timeZone,
    period: periods.unit,
    periods: periods.labels.map((label, index) => ({
      label,
      start: time(periods.bounds[index] as number),
      end: time(periods.bounds[index + 1] as number),
    })),
    leftOut,
    ...figures,
    ...(figures['active-users'] && {
      'active-users': figures['active-users'].map((row) => ({
        ...row,
        byAge: labelled(AGE_GROUPS, row.byAge),
      })),
    }),
    ...(figures.systems && {
      systems: figures.systems.map((row) => ({ ...row, users: labelled(SYSTEMS, row.users) })),
    }),
    ...(figures.versions && {
      versions: newestFirst(figures.versions).map(({ firstSlot, ...rest }) => ({
        ...rest,
        firstReport: time(firstSlot),
      })),
    }),
  };
}

function labelled(labels: readonly string[], numbers: readonly number[]): Record<string, number> {
  return Object.fromEntries(labels.map((label, index) => [label, numbers[index] as number]));
}
