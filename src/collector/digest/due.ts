import { Temporal } from 'temporal-polyfill';
import type { PeriodUnit } from '../report/periods.ts';

export const PERIOD_CHOICES = ['auto', 'day', 'week', 'month'] as const;
export type PeriodChoice = (typeof PERIOD_CHOICES)[number];

/** `auto`: yesterday on every day, the week too on Mondays, the month too on the 1st. */
export function unitsDue(choice: PeriodChoice, now: number, timeZone: string): PeriodUnit[] {
  if (choice !== 'auto') return [choice];
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  return [
    'day' as const,
    ...(today.dayOfWeek === 1 ? ['week' as const] : []),
    ...(today.day === 1 ? ['month' as const] : []),
  ];
}
