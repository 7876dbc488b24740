/** Which weeks are published, and from what each is counted. */
import { QUARTER_HOUR_MS } from '../quarter-hours.ts';
import type { ReportEngine } from '../report/engine.ts';
import { completePeriods } from '../report/periods.ts';
import type { Report, ReportOptions } from '../report/report.ts';
import { WEEKLY_FIGURES } from './statistics.ts';

/** A week counts as complete when it has been over for so long, in milliseconds: it is counted with its next quarter hour. */
const SETTLED = 4 * QUARTER_HOUR_MS;

export type WeeklyOptions = Pick<ReportOptions, 'now' | 'exclude' | 'burstMinimum'> & { weeks: number };

/**
 * The last complete weeks, oldest first, without those that had ended before the first report. Each is asked for as of its
 * own end: what comes later changes nothing in it, so that a site of tomorrow says nothing more about it.
 */
export async function weeklyReports(engine: ReportEngine, options: WeeklyOptions): Promise<Report[]> {
  const { weeks, now, exclude, burstMinimum } = options;
  const { bounds } = completePeriods('week', weeks, 'UTC', now - SETTLED);
  const reports: Report[] = [];
  for (const end of bounds.slice(1).map((quarterHour) => quarterHour * QUARTER_HOUR_MS)) {
    const report = await engine.report(
      {
        ...{ unit: 'week', count: 1, timeZone: 'UTC', environment: 'local' },
        ...{ now: end, exclude, burstMinimum },
      },
      WEEKLY_FIGURES,
    );
    if (report.since !== null && report.since < end) reports.push(report);
  }
  return reports;
}
