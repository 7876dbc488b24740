import { DAY, environment, QUARTER, quarter, type RawEvent } from './events.ts';

export function burstUsers(events: readonly RawEvent[], minimum: number): string[] {
  const local = events.filter((event) => event.name === 'cli' && environment(event) === 'local');
  const times = new Map<string, number[]>();
  for (const { user, time } of local) times.set(user, [...(times.get(user) ?? []), quarter(time)]);
  const newcomers = new Map<number, string[]>();
  for (const [user, list] of times) {
    const first = Math.min(...list);
    newcomers.set(first, [...(newcomers.get(first) ?? []), user]);
  }
  const beginning = Math.min(...newcomers.keys());
  return [...newcomers]
    .filter(([time, fresh]) => {
      const from = Math.max(beginning, time - 28 * DAY);
      const earlier = [...newcomers].filter(([other]) => other >= from && other < time);
      const quarters = (time - from) / QUARTER;
      const usual = quarters === 0 ? 0 : earlier.reduce((sum, [, list]) => sum + list.length, 0) / quarters;
      return fresh.length >= minimum && fresh.length >= 4 * usual;
    })
    .flatMap(([time, fresh]) =>
      fresh.filter((user) => Math.max(...(times.get(user) as number[])) <= time + 25 * 4 * QUARTER),
    );
}
