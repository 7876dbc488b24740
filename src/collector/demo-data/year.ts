/**
 * A plausible year of reports: growth, a weekly rhythm, people who lose interest, releases that are taken up
 * over weeks, CI services that say so, and some that don't and come in bursts.
 */
import type { Event } from '../store/event.ts';
import { ciRun, dayOf, newPerson, type Person, timeOfDay } from './person.ts';
import { type Random, random } from './random.ts';

export interface YearOptions {
  seed: number;
  /** 1 gives some 150,000 reports by 13,000 persons and 17,000 CI runs. */
  scale: number;
  /** Milliseconds UTC: nothing is received at or after it. */
  until: number;
}

export const DAYS = 365;
const DAY = 24 * 3_600_000;
const QUARTER = 15 * 60_000;

/** The days of the year, each with its events by time; a late evening's last ones fall on the next day. */
export function* demoYear({ seed, scale, until }: YearOptions): Generator<Event[]> {
  const chance = random(seed);
  const lastMidnight = until - (until % DAY);
  let persons: Person[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    const midnight = lastMidnight - (DAYS - 1 - day) * DAY;
    const share = day / DAYS;
    const rhythm = weekday(midnight);
    const newcomers = Array.from({ length: chance.count(scale * (22 + 38 * share) * rhythm) }, () =>
      newPerson(chance, share),
    );
    const active = [...newcomers, ...persons.filter(({ diligence }) => chance.chance(diligence * rhythm))];
    const events = [
      ...active.flatMap((person) => dayOf(person, chance, midnight, share)),
      ...machines(chance, scale * rhythm, midnight, share),
      ...installations(chance, newcomers, midnight, share),
    ];
    yield events
      .filter(({ receivedAt }) => receivedAt < until)
      .sort((one, other) => one.receivedAt - other.receivedAt);
    persons = [...persons, ...newcomers].filter(({ leaving }) => !chance.chance(leaving));
  }
}

function weekday(midnight: number): number {
  const day = new Date(midnight).getUTCDay();
  return day === 0 || day === 6 ? 0.55 : 1;
}

function machines(chance: Random, amount: number, midnight: number, share: number): Event[] {
  const known = Array.from({ length: chance.count(amount * (30 + 40 * share)) }, () =>
    ciRun(chance, midnight + timeOfDay(chance), share, 'CI'),
  );
  // One that is not recognised: a matrix of jobs started at once, a few times a year.
  if (!chance.chance(0.03)) return known;
  const start = midnight + chance.below(90) * QUARTER;
  const size = Math.ceil((40 + chance.below(80)) * Math.max(1, amount));
  const burst = Array.from({ length: size }, () => ciRun(chance, start + chance.below(QUARTER), share, ''));
  return [...known, ...burst];
}

/** Not everybody who installs goes on to use it, and npm takes over from the script during the year. */
function installations(
  chance: Random,
  newcomers: readonly Person[],
  midnight: number,
  share: number,
): Event[] {
  const count = chance.count(newcomers.length * 1.45);
  return Array.from({ length: count }, (): Event => {
    const isNpm = chance.chance(0.15 + 0.7 * share);
    return {
      receivedAt: Math.floor(midnight + timeOfDay(chance)),
      kind: isNpm ? 2 : 1,
      distinctId: `${chance.below(32_768)}${midnight + chance.below(DAY)}`,
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
