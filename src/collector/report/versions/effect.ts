import { QUARTER_HOURS_PER_DAY } from '../../quarter-hours.ts';
import { BUILDS, DEPLOYS } from '../dimension-flags.ts';
import type { Timelines } from '../timelines.ts';
import type { Catalogue } from './catalogue.ts';

/** Users who began in the days before a version's first report are compared with those who began with it in as many after. */
export const BEGAN_WITHIN_DAYS = 28;
/** Days (of 24 hours) from a user's first report in which a build or deploy counts, and which have to have passed. */
export const WATCHED_DAYS = 14;

/** What became of users. */
export interface Group {
  users: number;
  /** Those with a report 7 to 14 days (of 24 hours) after their first: 7 included, 14 not. */
  returned: number;
  /** Those with a build, or a deploy, which builds, less than 14 days after their first report. */
  built: number;
  /** Those with a deploy in that time. */
  deployed: number;
}

/**
 * `began`: users whose first report is of the version and less than 28 days (of 24 hours) after its first report.
 * `before`: users of any version whose first report is in the 28 days before that. In both only those whose first
 * report is at least 14 days ago.
 */
export interface Effect {
  began: Group;
  before: Group;
}

/** For each of the most reported versions; `flags` are by dimensions. */
export function effects(
  timelines: Timelines,
  { most, placeOf }: Catalogue,
  flags: Uint8Array,
  nowQuarterHour: number,
): Effect[] {
  const result = most.map((): Effect => ({ began: { ...NONE }, before: { ...NONE } }));
  for (let user = 0; user < timelines.start.length; user += 1) {
    const [from, to] = [timelines.start[user] as number, timelines.end[user] as number];
    const first = timelines.quarterHour[from] as number;
    if (from === to || first + WATCHED_DAYS * QUARTER_HOURS_PER_DAY > nowQuarterHour) continue;
    const place = firstPlace(timelines, from, to, placeOf);
    let outcome: Group | undefined;
    most.forEach((version, index) => {
      const group = groupOf(first - version.first, place === index + 1);
      if (group === undefined) return;
      outcome ??= outcomeOf(timelines, from, to, flags);
      add((result[index] as Effect)[group], outcome);
    });
  }
  return result;
}

/** `age`: quarter hours from a version's first report to a user's. */
function groupOf(age: number, isOfVersion: boolean): keyof Effect | undefined {
  const limit = BEGAN_WITHIN_DAYS * QUARTER_HOURS_PER_DAY;
  if (age < 0) return age >= -limit ? 'before' : undefined;
  return isOfVersion && age < limit ? 'began' : undefined;
}

const NONE: Group = { users: 0, returned: 0, built: 0, deployed: 0 };

/** Of several versions in the first quarter hour, the highest place. */
function firstPlace(
  { quarterHour, dimension }: Timelines,
  from: number,
  to: number,
  placeOf: Int32Array,
): number {
  let place = 0;
  for (let row = from; row < to && quarterHour[row] === quarterHour[from]; row += 1) {
    place = Math.max(place, placeOf[dimension[row] as number] as number);
  }
  return place;
}

function outcomeOf(
  { quarterHour, dimension }: Timelines,
  from: number,
  to: number,
  flags: Uint8Array,
): Group {
  const first = quarterHour[from] as number;
  let [reached, returned] = [0, 0];
  for (let row = from; row < to; row += 1) {
    const age = (quarterHour[row] as number) - first;
    if (age >= WATCHED_DAYS * QUARTER_HOURS_PER_DAY) break;
    reached |= flags[dimension[row] as number] as number;
    if (age >= 7 * QUARTER_HOURS_PER_DAY) returned = 1;
  }
  return {
    ...{ users: 1, returned },
    built: reached & (BUILDS | DEPLOYS) ? 1 : 0,
    deployed: reached & DEPLOYS ? 1 : 0,
  };
}

function add(to: Group, one: Group): void {
  to.users += one.users;
  to.returned += one.returned;
  to.built += one.built;
  to.deployed += one.deployed;
}
