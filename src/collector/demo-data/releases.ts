/** What a release changes for those who begin with it or upgrade to it; 1 is as without. */
interface Release {
  version: string;
  /** The share of the year that has passed when it comes out. */
  out: number;
  /** How readily a user loses interest. */
  leaving: number;
  building: number;
  deploying: number;
}

const AS_EVER = { leaving: 1, building: 1, deploying: 1 };

/** Oldest first. 0.20.0 has a bug that drives new users away, which 0.20.1 mends; 0.21.0 makes deploying easy. */
const RELEASES: readonly Release[] = [
  { ...AS_EVER, version: '0.15.2', out: 0 },
  { ...AS_EVER, version: '0.16.0', out: 0.07 },
  { ...AS_EVER, version: '0.16.3', out: 0.15 },
  { ...AS_EVER, version: '0.17.0', out: 0.27 },
  { ...AS_EVER, version: '0.18.0', out: 0.39, building: 1.3 },
  { ...AS_EVER, version: '0.18.1', out: 0.42, building: 1.3 },
  { ...AS_EVER, version: '0.19.0', out: 0.54, building: 1.3 },
  { ...AS_EVER, version: '0.20.0', out: 0.66, building: 1.3, leaving: 1.8 },
  { ...AS_EVER, version: '0.20.1', out: 0.7, building: 1.3 },
  { version: '0.21.0', out: 0.83, leaving: 0.85, building: 1.3, deploying: 2 },
  { version: '0.21.1', out: 0.87, leaving: 0.85, building: 1.3, deploying: 2 },
  { version: '0.22.0', out: 0.955, leaving: 0.85, building: 1.5, deploying: 2 },
];

/** How many releases are out when this share of the time has passed; at least one. */
export function releasesOut(share: number): number {
  return Math.max(1, RELEASES.filter(({ out }) => out <= share).length);
}

export function release(index: number): Release {
  return RELEASES[index] ?? (RELEASES.at(-1) as Release);
}
