/** Versions in the demonstration, newest last: a share of the year that has passed when each comes out. */
const RELEASES: readonly (readonly [string, number])[] = [
  ['0.15.2', 0],
  ['0.16.0', 0.07],
  ['0.16.3', 0.15],
  ['0.17.0', 0.27],
  ['0.18.0', 0.39],
  ['0.18.1', 0.42],
  ['0.19.0', 0.54],
  ['0.20.0', 0.66],
  ['0.20.1', 0.7],
  ['0.21.0', 0.83],
  ['0.21.1', 0.87],
  ['0.22.0', 0.955],
];

/** How many releases are out when this share of the time has passed; at least one. */
export function releasesOut(share: number): number {
  return Math.max(1, RELEASES.filter(([, out]) => out <= share).length);
}

export function releaseName(index: number): string {
  return (RELEASES[index] ?? (RELEASES.at(-1) as (typeof RELEASES)[number]))[0];
}
