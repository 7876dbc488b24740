import { type Periods, periodFinder } from '../periods.ts';
import { firstSince, type Timelines } from '../timelines.ts';

/**
 * By period and place, users by the version of their latest report in the period; of several in the same quarter hour,
 * the one with the highest place. Each user counts once in a period, so its counts add up to its active users.
 */
export function latestPerPeriod(
  timelines: Timelines,
  periods: Periods,
  placeOf: Int32Array,
  places: number,
): Uint32Array {
  const { start, end, quarterHour, dimension } = timelines;
  const [begin] = periods.bounds as [number];
  const periodAt = periodFinder(periods);
  const counts = new Uint32Array(periods.count * places);
  const add = (period: number, place: number) => {
    const cell = period * places + place;
    if (period >= 0) counts[cell] = (counts[cell] as number) + 1;
  };
  for (let user = 0; user < start.length; user += 1) {
    let [period, when, place] = [-1, -1, -1];
    for (let row = firstSince(timelines, user, begin); row < (end[user] as number); row += 1) {
      const here = periodAt(quarterHour[row] as number);
      if (here < 0) continue;
      if (here !== period) add(period, place);
      const one = placeOf[dimension[row] as number] as number;
      place = here === period && quarterHour[row] === when ? Math.max(place, one) : one;
      [period, when] = [here, quarterHour[row] as number];
    }
    add(period, place);
  }
  return counts;
}
