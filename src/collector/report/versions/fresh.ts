import type { Activity } from '../../store/activity.ts';
import { firstSince, type Timelines } from '../timelines.ts';
import { type Catalogue, MOST_VERSIONS, nameOf } from './catalogue.ts';
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
export function freshVersions(
  { dimensions }: Activity,
  timelines: Timelines,
  { all }: Pick<Catalogue, 'all'>,
  from: number,
): FreshVersion[] {
  const places = new Map(all.map(({ name }, place) => [name, place]));
  const placeOf = Int32Array.from(dimensions, (_, index) => places.get(nameOf(dimensions, index)) ?? -1);
  const { start, end, dimension } = timelines;
  const users = new Uint32Array(all.length);
  const counted = new Int32Array(all.length).fill(-1);
  for (let user = 0; user < start.length; user += 1) {
    for (let row = firstSince(timelines, user, from); row < (end[user] as number); row += 1) {
      const place = placeOf[dimension[row] as number] as number;
      if (isFirst(counted, place, user)) users[place] = (users[place] as number) + 1;
    }
  }
  return mostUsed(
    all.map(({ name, first }, place) => ({
      ...{ version: name, firstQuarterHour: first, users: users[place] as number },
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
