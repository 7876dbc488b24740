import { ENVIRONMENTS } from '../environment.ts';
import { PERIOD_COUNTS, PERIOD_UNITS, type PeriodUnit } from '../report/periods.ts';
import type { EnvironmentChoice } from '../report/selection.ts';

/** What a reader can choose on the page; the rest is the operator's. */
export interface Question {
  unit: PeriodUnit;
  count: number;
  environment: EnvironmentChoice;
  timeZone: string;
}

export const ENVIRONMENT_CHOICES: readonly EnvironmentChoice[] = [...ENVIRONMENTS, 'all'];

/** Reads a query; whatever it doesn't say, or says wrongly, is as usual. The time zone is checked later. */
export function readQuestion(query: URLSearchParams, timeZone: string): Question {
  const unit = PERIOD_UNITS.find((name) => name === query.get('period')) ?? 'week';
  const { usual, most } = PERIOD_COUNTS[unit];
  const count = Number(query.get('last') ?? '');
  return {
    unit,
    count: Number.isInteger(count) && count >= 1 ? Math.min(count, most) : usual,
    environment: ENVIRONMENT_CHOICES.find((name) => name === query.get('env')) ?? 'local',
    timeZone: query.get('timezone') || timeZone,
  };
}

/** The query that {@link readQuestion} reads the same question from. */
export function writeQuestion({ unit, count, environment, timeZone }: Question): string {
  const values = { period: unit, last: String(count), env: environment, timezone: timeZone };
  return new URLSearchParams(values).toString();
}
