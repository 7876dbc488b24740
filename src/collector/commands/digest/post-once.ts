/** Posts to one destination what it hasn't got yet. */
import { join } from 'node:path';
import { giveToServer, makeDataFolder } from '../../data-files.ts';
import { type Digest, digestOf } from '../../digest/digest.ts';
import { isPosted, notePosted, readPosted } from '../../digest/posted.ts';
import { OperatorError } from '../../errors.ts';
import type { Note } from '../../notes.ts';
import type { Report } from '../../report/report.ts';
import { type Lock, tryLock } from '../../store/lock.ts';

export const DESTINATIONS = ['discord', 'slack', 'mail', 'webhook'] as const;
export type Destination = (typeof DESTINATIONS)[number];

export interface PostOptions {
  /** Also what was posted before. */
  again: boolean;
  /** Seconds. */
  retryFor: number;
  mailTo: string[];
  mailFrom: string;
  link?: string;
  notes: readonly Note[];
}

/**
 * Posts those of the periods that were not posted there, and remembers it in `directory`. A run that comes while another
 * one posts to the same destination is refused, since it can't know whether that will arrive.
 * @throws OperatorError or DeliveryError
 */
export async function postOnce(
  destination: Destination,
  reports: readonly Report[],
  options: PostOptions & { directory: string },
): Promise<void> {
  const { directory, again, link, notes, retryFor } = options;
  const lock = locked(directory, destination);
  if (!lock) throw new OperatorError('another run is posting there right now.');
  try {
    const left = again ? reports : notPosted(destination, reports, directory);
    const digest = digestOf(left, { link, notes });
    const { deliver, PartlyDelivered } = await import('../../digest/deliver.ts');
    const send = await senderTo(destination, digest, options);
    await deliver(send, retryFor * 1000).catch((error) => {
      if (error instanceof PartlyDelivered) remember(directory, destination, digest);
      throw error;
    });
    remember(directory, destination, digest);
    process.stdout.write(`posted to ${destination}: ${digest.title}\n`);
  } finally {
    lock.release();
  }
}

function remember(directory: string, destination: Destination, { parts }: Digest): void {
  // Runs for other destinations write the same file.
  const lock = locked(directory, 'memory', 10_000);
  try {
    notePosted(directory, destination, parts);
  } finally {
    lock?.release();
  }
}

function locked(directory: string, what: string, patience?: number): Lock | undefined {
  makeDataFolder(directory, '.');
  const file = join(directory, `digest-${what}.lock`);
  const lock = tryLock(file, patience);
  try {
    giveToServer(directory, file);
    return lock;
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function notPosted(destination: Destination, reports: readonly Report[], directory: string): Report[] {
  const posted = readPosted(directory);
  const { parts } = digestOf(reports, { link: undefined, notes: [] });
  const left = reports.filter((_, index) => {
    const { unit, label } = parts[index] as Digest['parts'][number];
    return !isPosted(posted, destination, unit, label);
  });
  if (left.length > 0) return left;
  throw new OperatorError(
    `the digest of ${parts.map(({ label }) => label).join(' and ')}, or a later one, was posted before. --again posts it once more.`,
  );
}

/** Loads what a destination needs. */
async function senderTo(
  destination: Destination,
  digest: Digest,
  { mailTo, mailFrom }: PostOptions,
): Promise<() => Promise<void>> {
  switch (destination) {
    case 'discord':
      return (await import('../../digest/discord.ts')).discord(digest, await pictureOf(digest));
    case 'slack':
      return (await import('../../digest/slack.ts')).slack(digest);
    case 'mail': {
      const { mail } = await import('../../digest/mail.ts');
      return mail(digest, await pictureOf(digest), { to: mailTo, from: mailFrom });
    }
    case 'webhook':
      return (await import('../../digest/webhook.ts')).webhook(digest);
  }
}

/** By what is in them: destinations that get the same share one. */
const drawn = new Map<string, Promise<Uint8Array>>();

/** The picture of a digest, drawn once. */
export function pictureOf(digest: Digest): Promise<Uint8Array> {
  const known = drawn.get(digest.title);
  if (known) return known;
  const picture = import('../../digest/picture.ts').then(({ digestPicture }) => digestPicture(digest));
  drawn.set(digest.title, picture);
  return picture;
}
