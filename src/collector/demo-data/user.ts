import type { Event } from '../store/event.ts';
import type { Random } from './random.ts';
import { release, releasesOut } from './releases.ts';

/** Uses Wasp for a while. Mutable: a year is simulated day by day. */
export interface User {
  id: string;
  context: string;
  os: string;
  release: number;
  /** Chance to be active on a working day. */
  diligence: number;
  /** Chance to lose interest, per day. */
  leaving: number;
  projects: { hash: string; hasDeployed: boolean; target: string }[];
}

const HOUR = 3_600_000;

/** Mostly people who try it for a day or two, some who stay for weeks, few for good. */
const CHARACTERS: [Pick<User, 'diligence' | 'leaving'>, number][] = [
  [{ diligence: 0.35, leaving: 0.6 }, 60],
  [{ diligence: 0.3, leaving: 0.06 }, 30],
  [{ diligence: 0.5, leaving: 0.006 }, 10],
];

const SYSTEMS = [
  ['linux', 46],
  ['darwin', 42],
  ['win32', 12],
] as const;

const CLOUDS = [
  ['', 93],
  ['gitpod', 1.5],
  ['codespaces', 4],
  ['replit', 1.5],
] as const;

export function newUser(random: Random, shareOfYear: number): User {
  const context = random.weighted(CLOUDS);
  return {
    id: uuid(random),
    context,
    os: context === '' ? random.weighted(SYSTEMS) : 'linux',
    release: releasesOut(shareOfYear) - 1,
    ...random.weighted(CHARACTERS),
    projects: [newProject(random)],
  };
}

/** What a user reports on one day, which begins at `midnight` (milliseconds UTC). */
export function dayOf(user: User, random: Random, midnight: number, shareOfYear: number): Event[] {
  const newest = releasesOut(shareOfYear) - 1;
  // Most upgrade within weeks, by different roads.
  if (user.release < newest && random.chance(0.12)) user.release = newest;
  if (random.chance(0.03)) user.projects.push(newProject(random));
  const project = user.projects[random.below(user.projects.length)] as User['projects'][number];
  const start = midnight + timeOfDay(random);

  const events = [command(user, project.hash, start)];
  if (random.chance(0.25)) events.push(command(user, project.hash, start + 12.2 * HOUR));
  const { building, deploying } = release(user.release);
  if (random.chance(0.16 * building)) {
    events.push({ ...command(user, project.hash, start + random.below(2 * HOUR)), isBuild: true });
  }
  // A project that was deployed once is deployed again more readily.
  if (random.chance(project.hasDeployed ? 0.3 : 0.03 * deploying)) {
    project.hasDeployed = true;
    const words = random.weighted([
      [`${project.target};deploy`, 75],
      [project.target, 15],
      [`${project.target};setup`, 6],
      [`${project.target};cmd`, 4],
    ]);
    events.push({ ...command(user, project.hash, start + 12.5 * HOUR), deploy: words });
  }
  return events;
}

/** The chance that the user loses interest on a day. */
export function leaving(user: User): number {
  return Math.min(1, user.leaving * release(user.release).leaving);
}

/** A run by a CI service: a clean disk, so an id and a project that are new. */
export function ciRun(random: Random, receivedAt: number, shareOfYear: number, context: string): Event {
  const user = { ...newUser(random, shareOfYear), context, os: 'linux' };
  return { ...command(user, random.hex(16), receivedAt), isBuild: random.chance(0.7) };
}

function command({ id, context, os, release: index }: User, projectHash: string, receivedAt: number): Event {
  return {
    receivedAt: Math.floor(receivedAt),
    kind: 0,
    distinctId: id,
    projectHash,
    isBuild: false,
    deploy: '',
    version: release(index).version,
    os,
    context,
    clientTime: null,
    uuid: null,
  };
}

/** Milliseconds after midnight UTC: few at night, most in the European afternoon. */
export function timeOfDay(random: Random): number {
  return ((random.next() + random.next() + random.next()) / 3) * 20 * HOUR + 5 * HOUR * random.next();
}

function newProject(random: Random): User['projects'][number] {
  return {
    hash: random.hex(16),
    hasDeployed: false,
    target: random.weighted([
      ['fly', 70],
      ['railway', 30],
    ]),
  };
}

function uuid(random: Random): string {
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
}
