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

/** An answer from further in the future was calculated while the clock was ahead. */
const AHEAD = MINUTE;

/** What has happened since the server started, or ever. Times in milliseconds UTC, undefined for never. */
export interface News {
  /** The latest report since the start. */
  received(): number | undefined;
  /** The latest change of the notes that are marked on the charts. */
  noted?(): number | undefined;
}

/** Whether there may be something newer to say than this answer. Times in milliseconds UTC. */
export function isPast(answer: Answer, now: number, news: News): boolean {
  return (
    now - answer.report.now >= OLDEST ||
    isFromTheFuture(answer, now) ||
    hasPeriodEnded(answer, now) ||
    isOvertaken(answer, now, news)
  );
}

/** Whether the usual answer should be calculated now. */
export function isDue(answer: Answer | undefined, now: number, news: News): boolean {
  if (
    !answer ||
    isFromTheFuture(answer, now) ||
    hasPeriodEnded(answer, now) ||
    isOvertaken(answer, now, news)
  )
    return true;
  const received = news.received();
  return received !== undefined && received >= answer.report.now && now - answer.report.now >= OFTEN;
}

function isFromTheFuture({ report }: Answer, now: number): boolean {
  return report.now > now + AHEAD;
}

function hasPeriodEnded({ report: { periods } }: Answer, now: number): boolean {
  return completePeriods(periods.unit, 1, periods.timeZone, now).end !== periods.end;
}

/** A maintainer who has noted something wants to see it. A file from the future, by its clock, is not looked at. */
function isOvertaken(answer: Answer, now: number, { received, noted }: News): boolean {
  const changed = noted?.();
  return (
    isFirstDay(answer, received()) ||
    (changed !== undefined && changed >= answer.report.now && changed <= now)
  );
}

function isFirstDay({ report }: Answer, received: number | undefined): boolean {
  const reports = (report.figures.totals ?? []).reduce((sum, one) => sum + one.reports, 0);
  return reports < FEW && received !== undefined && received >= report.now;
}
