import { existsSync } from 'node:fs';
import satisfies from 'semver/functions/satisfies.js';
import { databasePath } from '../../data-directory.ts';
import { DAY_MS, QUARTER_HOUR_MS } from '../../quarter-hours.ts';
import { DEFAULT_BURST } from '../../report/bursts.ts';
import { selections } from '../../report/selection.ts';
import type { Activity } from '../../store/activity.ts';
import { openStore } from '../../store/open-store.ts';

/** A user is active if they have reported within so many days. */
export const ACTIVE_DAYS = 30;

/** Active users by the version that each has reported last; the empty one is unknown. */
export interface Audience {
  readonly users: number;
  readonly byVersion: ReadonlyMap<string, number>;
}

/** From the reports in this data directory; undefined if it has no store. @param now milliseconds UTC */
export function audienceOf(data: string, now: number): Audience | undefined {
  if (!existsSync(databasePath(data))) return undefined;
  const store = openStore(data);
  try {
    return countVersions(store.activity(), now);
  } finally {
    store.close();
  }
}

/** How many of them a message for these versions concerns; without a range, all. Release candidates count as versions. */
export function usersConcerned({ users, byVersion }: Audience, affects: string | undefined): number {
  if (affects === undefined) return users;
  let concerned = 0;
  for (const [version, number] of byVersion) {
    if (satisfies(version, affects, { includePrerelease: true })) concerned += number;
  }
  return concerned;
}

/** Users at a keyboard: messages are not shown on CI. */
function countVersions(activity: Activity, now: number): Audience {
  const { start, end, quarterHour, dimension } = selections(activity, {
    exclude: [],
    burstMinimum: DEFAULT_BURST,
  }).timelines(['local']);
  const since = (now - ACTIVE_DAYS * DAY_MS) / QUARTER_HOUR_MS;
  const byVersion = new Map<string, number>();
  let users = 0;
  for (let user = 0; user < start.length; user += 1) {
    const last = (end[user] as number) - 1;
    if (last < (start[user] as number) || (quarterHour[last] as number) < since) continue;
    const version = activity.dimensions[dimension[last] as number]?.version ?? '';
    byVersion.set(version, (byVersion.get(version) ?? 0) + 1);
    users += 1;
  }
  return { users, byVersion };
}
