import type { Context } from './figure.ts';
import type { Periods } from './periods.ts';

/** When projects had their first report ever. */
export interface ProjectBeginnings {
  /** Projects that began in each of these periods. */
  countIn(periods: Periods): number[];
  /** Projects that began before that quarter hour. */
  countUntil(quarterHour: number): number;
}

export function projectBeginnings({
  activity,
  timelines,
  since,
  nowQuarterHour,
}: Pick<Context, 'activity' | 'timelines' | 'since' | 'nowQuarterHour'>): ProjectBeginnings {
  const { start, end, quarterHour, project } = timelines();
  const origin = since ?? nowQuarterHour;
  // By quarter hour since the first report.
  const begun = new Uint32Array(nowQuarterHour - origin + 1);
  // A project's reports are all of one user, and so in the order of time. What stands at 0 is no project.
  const seen = new Uint8Array(activity.highestProject + 1);
  seen[0] = 1;
  for (let user = 0; user < start.length; user += 1) {
    for (let row = start[user] as number; row < (end[user] as number); row += 1) {
      const which = project[row] as number;
      if (seen[which] !== 0) continue;
      seen[which] = 1;
      const index = (quarterHour[row] as number) - origin;
      begun[index] = (begun[index] as number) + 1;
    }
  }
  const countBetween = (from: number, to: number) =>
    begun
      .subarray(Math.max(0, from - origin), Math.max(0, to - origin))
      .reduce((sum, count) => sum + count, 0);
  return {
    countIn: ({ bounds, labels }) =>
      labels.map((_, period) => countBetween(bounds[period] as number, bounds[period + 1] as number)),
    countUntil: (limit) => countBetween(origin, limit),
  };
}
