import type { Activity } from '../../store/activity.ts';
import type { Periods } from '../periods.ts';
import type { Timelines } from '../timelines.ts';

/** Only so many are reported, those with the most reports: anyone can invent a version. */
export const MOST_VERSIONS = 12;

/** All versions in the order of their first report; those of the same quarter hour in the order of their names. */
export interface Catalogue {
  names: readonly string[];
  /** The quarter hour of each one's first report ever. */
  firstSlots: Int32Array;
  /** How many reports each has in the complete periods. */
  reports: readonly number[];
  /** By dimensions: which version; those without a report are no version's. */
  indexOf: Int32Array;
}

export function catalogue({ dimensions }: Activity, timelines: Timelines, periods: Periods): Catalogue {
  const { first, reports } = perDimension(dimensions.length, timelines, periods);
  const all = new Map<string, { name: string; first: number; reports: number }>();
  first.forEach((slot, index) => {
    if (slot === NEVER) return;
    const name = nameOf(dimensions, index);
    const known = all.get(name) ?? { name, first: NEVER, reports: 0 };
    known.first = Math.min(known.first, slot);
    known.reports += reports[index] as number;
    all.set(name, known);
  });
  const sorted = [...all.values()].sort((a, b) => a.first - b.first || (a.name < b.name ? -1 : 1));
  const names = sorted.map(({ name }) => name);
  return {
    names,
    firstSlots: Int32Array.from(sorted, (version) => version.first),
    reports: sorted.map((version) => version.reports),
    indexOf: Int32Array.from(dimensions, (_, index) => names.indexOf(nameOf(dimensions, index))),
  };
}

/** Indexes of the most reported versions, most reports first. */
export function mostReported({ names, reports }: Catalogue): number[] {
  return [...names.keys()]
    .filter((index) => (reports[index] as number) > 0)
    .sort(
      (a, b) =>
        (reports[b] as number) - (reports[a] as number) ||
        ((names[a] as string) < (names[b] as string) ? -1 : 1),
    )
    .slice(0, MOST_VERSIONS);
}

/** Later than any time that is. */
const NEVER = 0x7fffffff;

function nameOf(dimensions: Activity['dimensions'], index: number): string {
  return dimensions[index]?.version || 'unknown';
}

/** By dimensions: the quarter hour of the first report ever, and how many there are in these periods. */
function perDimension(size: number, { start, end, slot, dimension }: Timelines, { bounds, count }: Periods) {
  const [from, to] = [bounds[0] as number, bounds[count] as number];
  const first = new Int32Array(size).fill(NEVER);
  const reports = new Uint32Array(size);
  for (let user = 0; user < start.length; user += 1) {
    for (let row = start[user] as number; row < (end[user] as number); row += 1) {
      const which = dimension[row] as number;
      const when = slot[row] as number;
      if (when < (first[which] as number)) first[which] = when;
      if (when >= from && when < to) reports[which] = (reports[which] as number) + 1;
    }
  }
  return { first, reports };
}
