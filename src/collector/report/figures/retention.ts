import type { Figure } from '../figure.ts';
import { type Periods, periodFinder } from '../periods.ts';
import { share } from '../table.ts';
import type { Timelines } from '../timelines.ts';

export interface Cohort {
  /** The period in which these users were seen for the first time. */
  period: string;
  /**
   * How many of them were active 0, 1, 2 … periods later, up to the last period of the report: the cohort's
   * size first, and a zero, not a gap, for a period in which none came back.
   */
  active: number[];
}

/** Cohort retention: of those who were new in a period, who was active in each period after it. */
function retention({ start, end, quarterHour }: Timelines, periods: Periods): Cohort[] {
  const periodAt = periodFinder(periods);
  const active = periods.labels.map((_, cohort) => new Uint32Array(periods.count - cohort));
  for (let user = 0; user < start.length; user += 1) {
    const from = start[user] as number;
    const to = end[user] as number;
    const cohort = from < to ? periodAt(quarterHour[from] as number) : -1;
    if (cohort < 0) continue;
    const later = active[cohort] as Uint32Array;
    let counted = -1;
    for (let row = from; row < to; row += 1) {
      const period = periodAt(quarterHour[row] as number);
      if (period < 0 || period === counted) continue;
      counted = period;
      later[period - cohort] = (later[period - cohort] as number) + 1;
    }
  }
  return active.map((later, cohort) => ({ period: periods.labels[cohort] as string, active: [...later] }));
}

export const retentionFigure: Figure<Cohort[]> = {
  count: (c) => ({ complete: retention(c.timelines(), c.periods) }),
  tables: (rows, { unit, count }) => [
    {
      id: 'retention',
      title: `Retention by ${unit}`,
      definition: `Of the users first seen in a ${unit}, how many were active 1, 2, 3 … ${unit}s later.`,
      columns: [
        `first ${unit}`,
        'users',
        ...Array.from({ length: count - 1 }, (_, index) => `+${index + 1}`),
      ],
      charts: [],
      rows: rows.map(({ period, active: [size = 0, ...later] }) => [
        period,
        size,
        ...Array.from({ length: count - 1 }, (_, index) => share(later[index], size)),
      ]),
    },
  ],
};
