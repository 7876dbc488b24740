import type { Activity } from '../../store/activity.ts';
import type { Periods } from '../periods.ts';
import type { Timelines } from '../timelines.ts';

/** Only so many are reported, those with the most reports: anyone can invent a version. */
export const MOST_VERSIONS = 12;

export interface KnownVersion {
  name: string;
  /** The quarter hour of its first report ever. */
  first: number;
  /** How many reports it has in the complete periods. */
  reports: number;
}

export interface Catalogue {
  /** Every version with a report. */
  all: readonly KnownVersion[];
  /** Those with the most reports in the complete periods, oldest first: by first report, of two in the same quarter hour by name. */
  most: readonly KnownVersion[];
  /** By dimensions: 1 for the oldest of `most`, and so on; 0 for all other versions. The newer, the higher. */
  placeOf: Int32Array;
}

export function catalogue({ dimensions }: Activity, timelines: Timelines, periods: Periods): Catalogue {
  const { first, reports } = perDimension(dimensions.length, timelines, periods);
  const all = new Map<string, KnownVersion>();
  first.forEach((quarterHour, index) => {
    if (quarterHour === NEVER) return;
    const name = nameOf(dimensions, index);
    const known = all.get(name) ?? { name, first: NEVER, reports: 0 };
    known.first = Math.min(known.first, quarterHour);
    known.reports += reports[index] as number;
    all.set(name, known);
  });
  const most = mostReported([...all.values()]);
  const places = new Map(most.map(({ name }, index) => [name, index + 1]));
  return {
    all: [...all.values()],
    most,
    placeOf: Int32Array.from(dimensions, (_, index) => places.get(nameOf(dimensions, index)) ?? 0),
  };
}

/** The {@link MOST_VERSIONS} with the most reports, oldest first. */
export function mostReported(versions: readonly KnownVersion[]): KnownVersion[] {
  return versions
    .filter(({ reports }) => reports > 0)
    .sort((one, other) => other.reports - one.reports || byName(one, other))
    .slice(0, MOST_VERSIONS)
    .sort((one, other) => one.first - other.first || byName(one, other));
}

function byName({ name }: KnownVersion, { name: other }: KnownVersion): number {
  return name < other ? -1 : 1;
}

/** Later than any time that is. */
const NEVER = 0x7fffffff;

/** What a version is called: reports without one are of an unknown one. */
export function nameOf(dimensions: Activity['dimensions'], index: number): string {
  return dimensions[index]?.version || 'unknown';
}

/** By dimensions: the quarter hour of the first report ever, and how many there are in these periods. */
function perDimension(
  size: number,
  { start, end, quarterHour, dimension }: Timelines,
  { bounds, count }: Periods,
) {
  const [from, to] = [bounds[0] as number, bounds[count] as number];
  const first = new Int32Array(size).fill(NEVER);
  const reports = new Uint32Array(size);
  for (let user = 0; user < start.length; user += 1) {
    for (let row = start[user] as number; row < (end[user] as number); row += 1) {
      const which = dimension[row] as number;
      const when = quarterHour[row] as number;
      if (when < (first[which] as number)) first[which] = when;
      if (when >= from && when < to) reports[which] = (reports[which] as number) + 1;
    }
  }
  return { first, reports };
}
