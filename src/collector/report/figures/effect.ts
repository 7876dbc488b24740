import { dimensionFlags } from '../dimension-flags.ts';
import type { Context, Figure } from '../figure.ts';
import { type Cell, type Share, share } from '../table.ts';
import { catalogue } from '../versions/catalogue.ts';
import { difference, LEAST_USERS } from '../versions/difference.ts';
import { BEGAN_WITHIN_DAYS, type Effect, effects, type Group, WATCHED_DAYS } from '../versions/effect.ts';

export interface VersionEffect extends Effect {
  version: string;
}

const OUTCOMES = [
  ['returned', 'back in days 8 to 14'],
  ['built', `built in ${WATCHED_DAYS} days`],
  ['deployed', `deployed in ${WATCHED_DAYS} days`],
] as const;

/** Of the most reported versions, newest first. */
function versionEffects({ activity, timelines, periods, nowQuarterHour }: Context): VersionEffect[] {
  const all = catalogue(activity, timelines(), periods);
  return effects(timelines(), all, dimensionFlags(activity), nowQuarterHour)
    .map((effect, index) => ({ version: all.most[index]?.name as string, ...effect }))
    .reverse();
}

export const effectFigure: Figure<VersionEffect[]> = {
  count: (c) => ({ complete: versionEffects(c) }),
  json: (rows) =>
    rows.map((row) => ({
      ...row,
      differences: Object.fromEntries(
        OUTCOMES.map(([key]) => [key, difference(shareOf(row.began, key), shareOf(row.before, key))]),
      ),
    })),
  tables: (rows) => [
    {
      id: 'effect',
      title: 'What versions changed for those who began with them',
      definition:
        `Users whose first report is of a version and in the ${BEGAN_WITHIN_DAYS} days from its first report, against those who ` +
        `began in the ${BEGAN_WITHIN_DAYS} days before, with any version; in both, those who began at least ${WATCHED_DAYS} days ` +
        `ago. The difference is in percentage points, with its 95 % interval; one that holds 0 may be chance. ` +
        `Too few to say: fewer than ${LEAST_USERS} users on either side. What else changed then counts too.`,
      columns: ['version', 'users', 'with it', 'before it', 'difference'],
      charts: [],
      rows: rows.flatMap((row) =>
        OUTCOMES.map(([key, title]): Cell[] => {
          const [began, before] = [shareOf(row.began, key), shareOf(row.before, key)];
          return [row.version, title, began, before, differenceText(began, before)];
        }),
      ),
    },
  ],
};

function shareOf(group: Group, key: (typeof OUTCOMES)[number][0]): Share {
  return share(group[key], group.users) as Share;
}

/** `+5.2 (−1.0 to +11.3)`. */
function differenceText(one: Share, other: Share): string {
  const result = difference(one, other);
  if (result === null) return 'too few to say';
  const [points, low, high] = [result.points, result.low, result.high].map(signed);
  return `${points} (${low} to ${high})`;
}

function signed(points: number): string {
  const sign = points > 0 ? '+' : points < 0 ? '−' : '';
  return `${sign}${Math.abs(points).toFixed(1)}`;
}
