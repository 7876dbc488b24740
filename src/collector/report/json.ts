import { SLOT_MS } from '../store/rollup/chunk.ts';
import type { Report } from './report.ts';

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
    ...(figures.versions && {
      versions: figures.versions.map(({ firstSlot, ...rest }) => ({ ...rest, firstReport: time(firstSlot) })),
    }),
  };
}
