import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { isClickHouseAddress } from '../clickhouse/address.ts';
import { digestOf, textOf } from '../digest/digest.ts';
import { PERIOD_CHOICES, type PeriodChoice, unitsDue } from '../digest/due.ts';
import { messageOf, OperatorError } from '../errors.ts';
import { PERIOD_COUNTS, UnknownTimeZoneError } from '../report/periods.ts';
import type { Report } from '../report/report.ts';
import { addMailAddress, parseLink, parseMailAddress } from './digest/options.ts';
import { DESTINATIONS, type Destination, type PostOptions, pictureOf, postOnce } from './digest/post-once.ts';
import { openEngine } from './engine.ts';
import { burstOption, excludeFileOption, excludeOption, parseCount } from './filter-options.ts';
import { notesBeside } from './notes-beside.ts';
import { caOption, dataOrClickHouseOption } from './options.ts';
import { yieldToReceiving } from './priority.ts';
import {
  environmentOption,
  nowOption,
  type QuestionOptions,
  questionOf,
  timeZoneOption,
} from './question-options.ts';

interface DigestOptions extends Omit<PostOptions, 'notes'>, QuestionOptions {
  data: string;
  ca?: string;
  period: PeriodChoice;
  to: Destination[];
  png?: string;
  state?: string;
  dryRun: boolean;
}

export function digestCommand(): Command {
  return new Command('digest')
    .description('say in a few lines what happened, on standard output or to a team’s channel')
    .addOption(dataOrClickHouseOption())
    .addOption(caOption())
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
    .addOption(
      new Option('--mail-to <address...>', 'who gets the mail')
        .argParser(addMailAddress)
        .default([], 'nobody'),
    )
    .option('--mail-from <address>', 'its sender', parseMailAddress, 'wasp-collector@localhost')
    .option('--png <file>', 'write the picture to a file too')
    .option('--link <url>', 'the address of the page, linked below the text', parseLink)
    .option('--state <dir>', 'where to remember what was posted (default: the data directory)')
    .addOption(environmentOption())
    .addOption(timeZoneOption())
    .addOption(excludeOption())
    .addOption(excludeFileOption())
    .addOption(burstOption())
    .addOption(nowOption())
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
  const reports = await reportsDue(options);
  const notes = notesBeside(options.data);
  const digest = digestOf(reports, { link: options.link, notes });
  if (options.png !== undefined) writePicture(options.png, await pictureOf(digest));
  if (options.to.length === 0 || options.dryRun) process.stdout.write(`${textOf(digest)}\n`);
  if (options.dryRun || options.to.length === 0) return;
  const directory = stateDirectory(options);
  const failed: string[] = [];
  // Beside each other: one that fails for minutes keeps nobody waiting.
  await Promise.all(
    [...new Set(options.to)].map((destination) =>
      postOnce(destination, reports, { ...options, notes, directory }).catch((error) =>
        failed.push(`${destination}: ${messageOf(error)}`),
      ),
    ),
  );
  if (failed.length > 0) throw new OperatorError(failed.join('\n'));
}

function writePicture(file: string, picture: Uint8Array): void {
  try {
    writeFileSync(file, picture, { mode: 0o600 });
  } catch (error) {
    throw new OperatorError(`Can't write the picture: ${messageOf(error)}`);
  }
}

async function reportsDue(options: DigestOptions): Promise<Report[]> {
  const question = questionOf(options);
  const engine = openEngine(options.data, options);
  try {
    const reports: Report[] = [];
    for (const unit of unitsDue(options.period, question.now, question.timeZone)) {
      const { usual: count } = PERIOD_COUNTS[unit];
      reports.push(await engine.report({ ...question, unit, count }, ['morning', 'active-users']));
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

function stateDirectory({ data, state }: DigestOptions): string {
  if (state !== undefined) return state;
  if (isClickHouseAddress(data))
    throw new OperatorError(
      'With a ClickHouse, name a directory to remember in what was posted: --state DIR.',
    );
  return data;
}
