import type { Activity } from '../../store/activity.ts';
import type { Timelines } from '../timelines.ts';
import { MOST_VERSIONS, nameOf } from './catalogue.ts';
import { isFirst } from './usage.ts';

/** A version whose first report ever lies in the period that hasn't ended: it isn't among those of the complete periods. */
export interface FreshVersion {
  version: string;
  /** The quarter hour of its first report. */
  firstQuarterHour: number;
  /** With a report of it. */
  users: number;
}

/** @param from the quarter hour in which the period that hasn't ended began */
export function freshVersions({ dimensions }: Activity, timelines: Timelines, from: number): FreshVersion[] {
  const { start, end, quarterHour, dimension } = timelines;
  const names = [...new Set(dimensions.map((_, index) => nameOf(dimensions, index)))];
  const placeOf = Int32Array.from(dimensions, (_, index) => names.indexOf(nameOf(dimensions, index)));
  const first = new Float64Array(names.length).fill(Number.POSITIVE_INFINITY);
  const users = new Uint32Array(names.length);
  const counted = new Int32Array(names.length).fill(-1);
  for (let user = 0; user < start.length; user += 1) {
    for (let row = start[user] as number; row < (end[user] as number); row += 1) {
      const [place, when] = [placeOf[dimension[row] as number] as number, quarterHour[row] as number];
      if (when < (first[place] as number)) first[place] = when;
      if (when >= from && isFirst(counted, place, user)) users[place] = (users[place] as number) + 1;
    }
  }
  return mostUsed(
    names.map((version, place) => ({
      ...{ version, firstQuarterHour: first[place] as number, users: users[place] as number },
    })),
    from,
  );
}

/** Of all versions those that came since `from`: the {@link MOST_VERSIONS} with the most users, oldest first. */
export function mostUsed(versions: readonly FreshVersion[], from: number): FreshVersion[] {
  const byName = (one: FreshVersion, other: FreshVersion) => (one.version < other.version ? -1 : 1);
  return versions
    .filter(({ firstQuarterHour, users }) => firstQuarterHour >= from && users > 0)
    .sort((one, other) => other.users - one.users || byName(one, other))
    .slice(0, MOST_VERSIONS)
    .sort((one, other) => one.firstQuarterHour - other.firstQuarterHour || byName(one, other));
}
