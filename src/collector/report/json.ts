import { QUARTER_HOUR_MS } from '../quarter-hours.ts';
import { type FigureName, type Figures, figureOf } from './figures/index.ts';
import { current } from './periods.ts';
import type { Report } from './report.ts';

/** The report as an object for `JSON.stringify`: times in ISO 8601, UTC. */
export function reportJson({ periods, environment, now, leftOut, since, figures, soFar }: Report): object {
  const time = (quarterHour: number) => new Date(quarterHour * QUARTER_HOUR_MS).toISOString();
  const [start] = current(periods).bounds as [number];
  return {
    calculatedAt: new Date(now).toISOString(),
    firstReport: since === null ? null : new Date(since).toISOString(),
    environment,
    timeZone: periods.timeZone,
    period: periods.unit,
    periods: periods.labels.map((label, index) => ({
      label,
      start: time(periods.bounds[index] as number),
      end: time(periods.bounds[index + 1] as number),
    })),
    leftOut,
    ...readable(figures),
    soFar: { label: periods.end, start: time(start), ...readable(soFar) },
  };
}

function readable(figures: Partial<Figures>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, numbers]) => {
      const { json } = figureOf(name as FigureName);
      return [name, json ? json(numbers) : numbers];
    }),
  );
}
