import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Kind } from '../../../../src/collector/kinds.ts';
import type { Event } from '../../../../src/collector/store/event.ts';

/** After the northern spring of a leap year: its 29 February and every hemisphere's change of clocks are in the past. */
export const NOW = Date.UTC(2024, 4, 15, 13, 7);
const START = Date.UTC(2023, 9, 20);
const QUARTER = 15 * 60_000;
const DAY = 96 * QUARTER;
const MONDAY = Date.UTC(2023, 9, 16);

const CONTEXTS = [
  '',
  '',
  '',
  '',
  'CI',
  'gitpod CI',
  'codespaces',
  'REPLIT',
  'ci gitpod replit',
  'circus',
  'my ci',
];
const DEPLOYS = [
  'fly',
  'fly;deploy',
  'fly;setup',
  'fly;create-db;cmd',
  'railway;deploy',
  'railway',
  'deploy',
  'fly;cmd',
];
const VERSIONS = ['0.11.8', '0.12.0', '0.12.1', '0.13.0', '0.13.1', '0.13.2', '0.14.0', ''];

/**
 * Events without order: every environment and kind, repeated deliveries, persons in several environments and
 * versions, times on the very edge of a quarter hour, and bursts of ids that are never seen again.
 */
export function randomEvents(seed: number, count = 1800): Event[] {
  const generator = xoroshiro128plus(seed);
  const below = (limit: number) => uniformInt(generator, 0, limit - 1);
  const pick = <T>(list: readonly T[]) => list[below(list.length)] as T;
  const time = () => {
    const anywhere = START + below(NOW - START);
    // The first and the last quarter hour of a UTC week or day are where an interval's ends are got wrong.
    const quarter = pick([
      anywhere - (anywhere % QUARTER),
      anywhere - (anywhere % QUARTER),
      anywhere - (anywhere % DAY) - pick([0, QUARTER]),
      anywhere - ((anywhere - MONDAY) % (7 * DAY)) - pick([0, QUARTER]),
    ]);
    return quarter + pick([0, 0, QUARTER - 1, below(QUARTER)]);
  };

  const one = (overrides: Partial<Event> = {}): Event => {
    const kind = pick<Kind>([0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
    const isDeploy = kind === 0 && below(6) === 0;
    const receivedAt = time();
    const isNew = receivedAt > NOW - 7 * DAY && below(2) === 0;
    // Newcomers turn up all the time: the later, the higher the numbers.
    const passed = (receivedAt - START) / (NOW - START);
    const newest = 60 + Math.floor(140 * passed);
    // And so do versions, each somewhat before it is common.
    const released = VERSIONS.slice(0, 2 + Math.ceil((VERSIONS.length - 2) * passed));
    return {
      receivedAt,
      kind,
      distinctId: kind === 0 ? `person-${below(newest)}` : `install-${below(1e9)}`,
      // One in twenty commands without a project: nothing in the contract says so, but nothing forbids it.
      projectHash: kind === 0 && below(20) > 0 ? `${below(3)}`.padStart(16, '0') : null,
      isBuild: kind === 0 && !isDeploy && below(5) === 0,
      deploy: isDeploy ? pick(DEPLOYS) : '',
      version: kind === 0 ? (isNew ? '0.15.0' : pick(released)) : '',
      os:
        kind === 0
          ? pick(['linux', 'darwin', 'win32', 'sunos'])
          : pick(['linux', 'osx', 'windows', 'Unknown']),
      context: kind === 1 ? '' : pick(CONTEXTS),
      clientTime: null,
      uuid: below(10) === 0 ? Uint8Array.from({ length: 16 }, () => below(256)) : null,
      ...overrides,
    };
  };

  const events = Array.from({ length: count }, () => one());
  for (let burst = 0; burst < 4; burst += 1) {
    const quarter = Math.floor(time() / QUARTER) * QUARTER;
    for (let index = 0; index < 16 + 6 * burst; index += 1) {
      const distinctId = `burst-${burst}-${index}`;
      const machine = { kind: 0 as Kind, distinctId, context: '' };
      events.push(one({ ...machine, receivedAt: quarter + below(QUARTER) }));
      if (below(6) === 0) {
        events.push(one({ ...machine, receivedAt: quarter + (24 + below(3)) * 4 * QUARTER }));
      }
      if (below(3) === 0) events.push(one({ ...machine, context: 'CI' }));
    }
  }
  const repeated = events.filter(({ uuid }) => uuid).slice(0, 30);
  return shuffled([...events.filter(({ receivedAt }) => receivedAt < NOW), ...repeated], below);
}

function shuffled<T>(list: T[], below: (limit: number) => number): T[] {
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = below(index + 1);
    [list[index], list[other]] = [list[other] as T, list[index] as T];
  }
  return list;
}
