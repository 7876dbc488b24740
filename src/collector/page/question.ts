import { ENVIRONMENTS } from '../environment.ts';
import { messageOf } from '../errors.ts';
import { completePeriods, PERIOD_COUNTS, PERIOD_UNITS, type PeriodUnit } from '../report/periods.ts';
import type { EnvironmentChoice } from '../report/selection.ts';

/** What a reader can choose on the page; the rest is the operator's. */
export interface Question {
  unit: PeriodUnit;
  count: number;
  environment: EnvironmentChoice;
  timeZone: string;
}

export const ENVIRONMENT_CHOICES: readonly EnvironmentChoice[] = [...ENVIRONMENTS, 'all'];

/** What was asked for doesn't exist; the message is a sentence for the reader. */
export class WrongInputError extends Error {
  override name = 'WrongInputError';
}

/**
 * Reads a query; whatever it doesn't say is as usual, and what isn't part of a question is left alone.
 * Throws {@link WrongInputError}. `now` in milliseconds UTC.
 */
export function readQuestion(query: URLSearchParams, timeZone: string, now: number): Question {
  const unit = oneOf(PERIOD_UNITS, query.get('period') || 'week', 'period');
  const question = {
    unit,
    count: countOf(query.get('last') || String(PERIOD_COUNTS[unit].usual), unit),
    environment: oneOf(ENVIRONMENT_CHOICES, query.get('env') || 'local', 'environment'),
    timeZone: query.get('timezone') || timeZone,
  };
  try {
    completePeriods(unit, question.count, question.timeZone, now);
  } catch (error) {
    throw new WrongInputError(messageOf(error), { cause: error });
  }
  return question;
}

function oneOf<Choice extends string>(choices: readonly Choice[], given: string, what: string): Choice {
  const choice = choices.find((name) => name === given);
  if (choice) return choice;
  const list = `${choices.slice(0, -1).join(', ')} and ${choices.at(-1)}`;
  throw new WrongInputError(`There is no ${what} ${JSON.stringify(given)}; there are ${list}.`);
}

function countOf(given: string, unit: PeriodUnit): number {
  const { most } = PERIOD_COUNTS[unit];
  if (/^\d{1,9}$/.test(given) && Number(given) >= 1 && Number(given) <= most) return Number(given);
  throw new WrongInputError(
    `${JSON.stringify(given)} ${unit}s can’t be shown; any number from 1 to ${most} can.`,
  );
}

/** The query that {@link readQuestion} reads the same question from. */
export function writeQuestion({ unit, count, environment, timeZone }: Question): string {
  const values = { period: unit, last: String(count), env: environment, timezone: timeZone };
  return new URLSearchParams(values).toString();
}
