import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { isClickHouseAddress } from '../clickhouse/address.ts';
import { type Digest, digestOf, textOf } from '../digest/digest.ts';
import { PERIOD_CHOICES, type PeriodChoice, unitsDue } from '../digest/due.ts';
import { isPosted, notePosted, readPosted } from '../digest/posted.ts';
import { ENVIRONMENTS } from '../environment.ts';
import { messageOf, OperatorError } from '../errors.ts';
import type { ReportEngine } from '../report/engine.ts';
import { PERIOD_COUNTS, UnknownTimeZoneError } from '../report/periods.ts';
import type { Report } from '../report/report.ts';
import type { EnvironmentChoice } from '../report/selection.ts';
import { openEngine } from './engine.ts';
import {
  burstMinimum,
  burstOption,
  excludedIds,
  excludeFileOption,
  excludeOption,
  parseCount,
} from './filter-options.ts';
import { dataOption, parseTime } from './options.ts';
import { yieldToReceiving } from './priority.ts';

const DESTINATIONS = ['discord', 'slack', 'mail', 'webhook'] as const;
type Destination = (typeof DESTINATIONS)[number];

interface DigestOptions {
  data: string;
  period: PeriodChoice;
  to: Destination[];
  mailTo: string[];
  mailFrom: string;
  png?: string;
  link?: string;
  state?: string;
  env: EnvironmentChoice;
  timezone: string;
  exclude: string[];
  excludeFile?: string;
  burst: number | false;
  now?: number;
  again: boolean;
  dryRun: boolean;
  /** Seconds. */
  retryFor: number;
}

export function digestCommand(): Command {
  return new Command('digest')
    .description('say in a few lines what happened, on standard output or to a team’s channel')
    .addOption(dataOption())
    .addOption(
      new Option('--period <unit>', 'auto: yesterday, on Mondays the week too, on the 1st the month too')
        .choices(PERIOD_CHOICES)
        .default('auto'),
    )
    .addOption(
      new Option('--to <where...>', 'where to post it, each period once')
        .choices(DESTINATIONS)
        .default([], 'standard output'),
    )
    .option('--mail-to <address...>', 'who gets the mail', [])
    .option('--mail-from <address>', 'its sender', 'wasp-collector@localhost')
    .option('--png <file>', 'write the picture to a file too')
    .option('--link <url>', 'the address of the page, linked below the text')
    .option('--state <dir>', 'where to remember what was posted (default: the data directory)')
    .addOption(
      new Option('--env <environment>', 'where the reports come from')
        .choices([...ENVIRONMENTS, 'all'])
        .default('local'),
    )
    .option('--timezone <name>', 'the calendar to count by, such as Europe/Zagreb', 'UTC')
    .addOption(excludeOption())
    .addOption(excludeFileOption())
    .addOption(burstOption())
    .option('--now <time>', 'as if it were this time', parseTime)
    .option('--again', 'post a period that was posted before', false)
    .option('--dry-run', 'print it, post nothing', false)
    .option('--retry-for <seconds>', 'how long to try when a destination fails', parseCount, 300)
    .addHelpText(
      'after',
      `
Addresses are secrets and are read from the environment; with _FILE at the end, the name of a file that holds it:
  discord  WASP_COLLECTOR_DISCORD_URL
  slack    WASP_COLLECTOR_SLACK_URL
  mail     WASP_COLLECTOR_SMTP_URL, such as smtps://user:password@host
  webhook  WASP_COLLECTOR_WEBHOOK_URL and WASP_COLLECTOR_WEBHOOK_SECRET
See docs/digest.md.`,
    )
    .action(run);
}

async function run(options: DigestOptions): Promise<void> {
  yieldToReceiving();
  const digest = digestOf(await reportsDue(options), options.link);
  if (options.png !== undefined) writeFileSync(options.png, await pictureOf(digest), { mode: 0o600 });
  if (options.to.length === 0 || options.dryRun) process.stdout.write(`${textOf(digest)}\n`);
  if (options.dryRun) return;
  const failed: string[] = [];
  for (const destination of new Set(options.to)) {
    await postOnce(destination, digest, options).catch((error) =>
      failed.push(`${destination}: ${messageOf(error)}`),
    );
  }
  if (failed.length > 0) throw new OperatorError(failed.join('\n'));
}

async function reportsDue(options: DigestOptions): Promise<Report[]> {
  const now = options.now ?? Date.now();
  const engine = openEngine(options.data);
  try {
    const reports: Report[] = [];
    for (const unit of unitsDue(options.period, now, options.timezone)) {
      reports.push(await reportOf(engine, unit, now, options));
    }
    return reports;
  } catch (error) {
    throw error instanceof UnknownTimeZoneError || error instanceof RangeError
      ? new OperatorError(error.message)
      : error;
  } finally {
    await engine.close();
  }
}

function reportOf(
  engine: ReportEngine,
  unit: Report['periods']['unit'],
  now: number,
  options: DigestOptions,
): Promise<Report> {
  return engine.report(
    {
      ...{
        unit,
        now,
        count: PERIOD_COUNTS[unit].usual,
        timeZone: options.timezone,
        environment: options.env,
      },
      ...{ exclude: excludedIds(options), burstMinimum: burstMinimum(options) },
    },
    ['morning', 'active-users'],
  );
}

async function postOnce(destination: Destination, digest: Digest, options: DigestOptions): Promise<void> {
  const directory = stateDirectory(options);
  const posted = readPosted(directory);
  if (!options.again && digest.parts.every(({ unit, label }) => isPosted(posted, destination, unit, label))) {
    throw new OperatorError(
      `the digest of ${digest.parts.map(({ label }) => label).join(' and ')} was posted before. --again posts it once more.`,
    );
  }
  const { deliver } = await import('../digest/deliver.ts');
  await deliver(await senderTo(destination, digest, options), options.retryFor * 1000);
  notePosted(directory, destination, digest.parts);
  process.stdout.write(`posted to ${destination}: ${digest.title}\n`);
}

function stateDirectory({ data, state }: DigestOptions): string {
  if (state !== undefined) return state;
  if (isClickHouseAddress(data))
    throw new OperatorError(
      'With a ClickHouse, name a directory to remember in what was posted: --state DIR.',
    );
  return data;
}

/** Loads what a destination needs. */
async function senderTo(
  destination: Destination,
  digest: Digest,
  options: DigestOptions,
): Promise<() => Promise<void>> {
  switch (destination) {
    case 'discord':
      return (await import('../digest/discord.ts')).discord(digest, await pictureOf(digest));
    case 'slack':
      return (await import('../digest/slack.ts')).slack(digest);
    case 'mail': {
      const { mail } = await import('../digest/mail.ts');
      return mail(digest, await pictureOf(digest), { to: options.mailTo, from: options.mailFrom });
    }
    case 'webhook':
      return (await import('../digest/webhook.ts')).webhook(digest);
  }
}

let drawn: Promise<Uint8Array> | undefined;

/** Drawn once for all destinations. */
async function pictureOf(digest: Digest): Promise<Uint8Array> {
  drawn ??= import('../digest/picture.ts').then(({ digestPicture }) => digestPicture(digest));
  return drawn;
}
