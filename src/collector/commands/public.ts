import { join } from 'node:path';
import { Command } from 'commander';
import { OperatorError } from '../errors.ts';
import { weeklyReports } from '../public/weeks.ts';
import { PERIOD_COUNTS } from '../report/periods.ts';
import { openEngine } from './engine.ts';
import {
  burstMinimum,
  burstOption,
  excludedIds,
  excludeFileOption,
  excludeOption,
  parseCount,
} from './filter-options.ts';
import { caOption, dataOrClickHouseOption } from './options.ts';
import { yieldToReceiving } from './priority.ts';
import { requireApart, writeSite } from './public/write-site.ts';
import { nowOption } from './question-options.ts';

interface PublicOptions {
  data: string;
  ca?: string;
  output: string;
  /** Weeks. */
  last: number;
  exclude: string[];
  excludeFile?: string;
  burst: number | false;
  now?: number;
}

export function publicCommand(): Command {
  return new Command('public')
    .description('make a site of statistics that anyone may read: no ids, no count below 10')
    .addOption(dataOrClickHouseOption())
    .addOption(caOption())
    .requiredOption('--output <folder>', 'where to write the files; made if it is not there')
    .option('--last <weeks>', 'how many complete weeks, counted in UTC', parseCount, PERIOD_COUNTS.week.usual)
    .addOption(excludeOption())
    .addOption(excludeFileOption())
    .addOption(burstOption())
    .addOption(nowOption())
    .addHelpText(
      'after',
      '\nThe files (HTML, JSON, CSV, SVG) need no server of their own and load nothing. See docs/public.md.',
    )
    .action(run);
}

async function run(options: PublicOptions): Promise<void> {
  yieldToReceiving();
  const { most } = PERIOD_COUNTS.week;
  if (options.last > most) throw new OperatorError(`--last can be at most ${most} weeks.`);
  requireApart(options.output, options.data);
  const reports = await weeksOf(options);
  if (reports.length === 0)
    throw new OperatorError('No week with reports is complete yet. Nothing was written.');
  const { siteFiles } = await import('../public/site.ts');
  writeSite(options.output, await siteFiles(reports, commandOf(options)));
  const weeks = reports.length === 1 ? '1 week' : `${reports.length} weeks`;
  process.stdout.write(`wrote ${weeks} to ${join(options.output, 'index.html')}\n`);
}

async function weeksOf(options: PublicOptions) {
  const engine = openEngine(options.data, options);
  try {
    return await weeklyReports(engine, {
      weeks: options.last,
      now: options.now ?? Date.now(),
      exclude: excludedIds(options),
      burstMinimum: burstMinimum(options),
    });
  } finally {
    await engine.close();
  }
}

/** What was run, for readers of the site, who have no business with names of directories and ids. */
function commandOf({ last, burst, exclude, excludeFile }: PublicOptions): string {
  const excluded = exclude.length > 0 || excludeFile !== undefined ? ' --exclude-file FILE' : '';
  return `wasp-collector public --data DIR --output FOLDER --last ${last} --burst ${burst || 'off'}${excluded}`;
}
