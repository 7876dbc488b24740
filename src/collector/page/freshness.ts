/** When an answer is no longer shown without a word, and when the usual one is calculated anew before anyone asks. */
import { completePeriods } from '../report/periods.ts';
import type { Answer } from './answer.ts';

const MINUTE = 60_000;
/** Older answers are not shown without a word. */
const OLDEST = 15 * MINUTE;
/** So often the usual question is calculated anew when something came. */
const OFTEN = 4 * MINUTE;
/** Reports up to which each one is worth a calculation of its own: the first day. */
const FEW = 100;

/** Whether there may be something newer to say than this answer. Times in milliseconds UTC. */
export function isPast(answer: Answer, now: number, received: number | undefined): boolean {
  return now - answer.report.now >= OLDEST || hasPeriodEnded(answer, now) || isFirstDay(answer, received);
}

/** Whether the usual answer should be calculated now. */
export function isDue(answer: Answer | undefined, now: number, received: number | undefined): boolean {
  if (!answer || hasPeriodEnded(answer, now) || isFirstDay(answer, received)) return true;
  return received !== undefined && received >= answer.report.now && now - answer.report.now >= OFTEN;
}

function hasPeriodEnded({ report: { periods } }: Answer, now: number): boolean {
  return completePeriods(periods.unit, 1, periods.timeZone, now).end !== periods.end;
}

function isFirstDay({ report }: Answer, received: number | undefined): boolean {
  const reports = (report.figures.totals ?? []).reduce((sum, one) => sum + one.reports, 0);
  return reports < FEW && received !== undefined && received >= report.now;
}
