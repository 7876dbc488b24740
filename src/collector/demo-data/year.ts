/**
 * A plausible year of reports: growth, weeks and holidays, users who lose interest, releases that are taken up over weeks
 * and change something, a launch, an outage, CI services that say so, and some that don't and come in bursts.
 */
import { DAY_MS, QUARTER_HOUR_MS } from '../quarter-hours.ts';
import type { Event } from '../store/event.ts';
import { LAUNCH_DAY, outage, rhythm, rush } from './life.ts';
import { type Random, random } from './random.ts';
import { ciRun, dayOf, leaving, newUser, timeOfDay, type User } from './user.ts';

export interface YearOptions {
  seed: number;
  /** 1 gives some 150,000 reports by 13,000 users and 17,000 CI runs. */
  scale: number;
  /** Milliseconds UTC: nothing is received at or after it. */
  until: number;
}

export const DAYS = 365;

/** The days of the year, each with its events by time; a late evening's last ones fall on the next day. */
export function* demoYear({ seed, scale, until }: YearOptions): Generator<Event[]> {
  const chance = random(seed);
  const firstMidnight = midnightOf(until, 0);
  const down = outage(firstMidnight);
  let users: User[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    const midnight = firstMidnight + day * DAY_MS;
    const share = day / DAYS;
    const much = rhythm(midnight);
    const newcomers = Array.from({ length: chance.count(scale * (22 + 38 * share) * much * rush(day)) }, () =>
      newUser(chance, share),
    );
    const active = [...newcomers, ...users.filter(({ diligence }) => chance.chance(diligence * much))];
    const events = [
      ...active.flatMap((user) => dayOf(user, chance, midnight, share)),
      ...machines(chance, scale * much, midnight, share),
      ...installations(chance, newcomers, midnight, share),
    ];
    yield events
      .filter(({ receivedAt }) => receivedAt < until && !(receivedAt >= down.from && receivedAt < down.to))
      .sort((one, other) => one.receivedAt - other.receivedAt);
    users = [...users, ...newcomers].filter((user) => !chance.chance(leaving(user)));
  }
}

/** What the maintainers would have noted in such a year; dates are local ones, `2026-03-29`. */
export function demoNotes(until: number): { date: string; text: string }[] {
  const date = (time: number) => new Date(time).toISOString().slice(0, 10);
  return [
    { date: date(outage(midnightOf(until, 0)).from), text: 'Receiver down' },
    { date: date(midnightOf(until, LAUNCH_DAY)), text: 'Launch' },
  ];
}

/** The beginning of that day of the year which ends with the day of `until`. */
function midnightOf(until: number, day: number): number {
  return until - (until % DAY_MS) - (DAYS - 1 - day) * DAY_MS;
}

function machines(chance: Random, amount: number, midnight: number, share: number): Event[] {
  const known = Array.from({ length: chance.count(amount * (30 + 40 * share)) }, () =>
    ciRun(chance, midnight + timeOfDay(chance), share, 'CI'),
  );
  // One that is not recognised: a matrix of jobs started at once, a few times a year.
  if (!chance.chance(0.03)) return known;
  const start = midnight + chance.below(90) * QUARTER_HOUR_MS;
  const size = Math.ceil((40 + chance.below(80)) * Math.max(1, amount));
  const burst = Array.from({ length: size }, () =>
    ciRun(chance, start + chance.below(QUARTER_HOUR_MS), share, ''),
  );
  return [...known, ...burst];
}

/** Not all who install go on to use it, and npm takes over from the script during the year. */
function installations(chance: Random, newcomers: readonly User[], midnight: number, share: number): Event[] {
  const count = chance.count(newcomers.length * 1.45);
  return Array.from({ length: count }, (): Event => {
    const isNpm = chance.chance(0.15 + 0.7 * share);
    return {
      receivedAt: Math.floor(midnight + timeOfDay(chance)),
      kind: isNpm ? 2 : 1,
      distinctId: `${chance.below(32_768)}${midnight + chance.below(DAY_MS)}`,
      projectHash: null,
      isBuild: false,
      deploy: '',
      version: '',
      os: chance.weighted([
        ['linux', 55],
        ['osx', 45],
      ]),
      context: isNpm && chance.chance(0.25) ? ' CI' : '',
      clientTime: null,
      uuid: null,
    };
  });
}
