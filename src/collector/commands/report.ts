import { Argument, Command, Option } from 'commander';
import { ENVIRONMENTS } from '../environment.ts';
import { OperatorError } from '../errors.ts';
import { readNotes } from '../notes.ts';
import { yieldToReceiving } from '../priority.ts';
import { tableCsv } from '../report/csv.ts';
import { FIGURE_NAMES, type FigureName } from '../report/figures/index.ts';
import { reportJson } from '../report/json.ts';
import { PERIOD_COUNTS, PERIOD_UNITS, type PeriodUnit, UnknownTimeZoneError } from '../report/periods.ts';
import { type Report, tables } from '../report/report.ts';
import type { EnvironmentChoice } from '../report/selection.ts';
import { reportText } from '../report/text.ts';
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

interface ReportCommandOptions {
  data: string;
  period: PeriodUnit;
  last?: number;
  env: EnvironmentChoice;
  timezone: string;
  exclude: string[];
  excludeFile?: string;
  burst: number | false;
  /** Milliseconds UTC. */
  now?: number;
  json: boolean;
  csv: boolean;
  numbers: boolean;
}

export function reportCommand(): Command {
  return new Command('report')
    .description('answer the morning’s questions; the server may run')
    .addArgument(new Argument('[figure...]', 'only these figures').choices(FIGURE_NAMES))
    .addOption(dataOption())
    .addOption(new Option('--period <unit>', 'the length of a period').choices(PERIOD_UNITS).default('week'))
    .option('--last <n>', 'how many complete periods (default: 14 days, 12 weeks, 12 months)', parseCount)
    .addOption(
      new Option('--env <environment>', 'where the reports come from')
        .choices([...ENVIRONMENTS, 'all'])
        .default('local'),
    )
    .option('--timezone <name>', 'the calendar to count by, such as Europe/Zagreb', 'UTC')
    .addOption(excludeOption())
    .addOption(excludeFileOption())
    .addOption(burstOption())
    .option('--now <time>', 'as if it were this time: the same store then gives the same figures', parseTime)
    .addOption(new Option('--json', 'everything as one JSON object').default(false).conflicts('csv'))
    .addOption(new Option('--csv', 'one figure as CSV; name it').default(false))
    .addOption(new Option('--numbers', 'for the page').default(false).hideHelp())
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  wasp-collector report --data /var/lib/wasp-collector\n' +
        '  wasp-collector report retention funnel --data DIR --period month --last 6\n' +
        '  wasp-collector report active-users --data DIR --period day --timezone Europe/Zagreb --csv',
    )
    .action(run);
}

async function run(names: FigureName[], options: ReportCommandOptions): Promise<void> {
  yieldToReceiving();
  const figures = names.length > 0 ? names : FIGURE_NAMES;
  if (options.csv && figures.length !== 1) {
    throw new OperatorError(`--csv writes one figure; name it: ${FIGURE_NAMES.join(', ')}.`);
  }
  const result = await calculated(figures, options);
  process.stdout.write(options.numbers ? await forPage(result, options.data) : written(result, options));
}

/** Everything that the page shows of this question, its charts drawn. */
async function forPage(result: Report, data: string): Promise<string> {
  const { answerOf } = await import('../page/answer-of.ts');
  return JSON.stringify(await answerOf(result, readNotes(data)));
}

async function calculated(figures: readonly FigureName[], options: ReportCommandOptions): Promise<Report> {
  const { usual, most } = PERIOD_COUNTS[options.period];
  const engine = openEngine(options.data);
  try {
    return await engine.report(
      {
        unit: options.period,
        count: Math.min(options.last ?? usual, most),
        timeZone: options.timezone,
        environment: options.env,
        now: options.now ?? Date.now(),
        exclude: excludedIds(options),
        burstMinimum: burstMinimum(options),
      },
      figures,
    );
  } catch (error) {
    throw error instanceof UnknownTimeZoneError ? new OperatorError(error.message) : error;
  } finally {
    await engine.close();
  }
}

function written(result: Report, { json, csv }: ReportCommandOptions): string {
  if (json) return `${JSON.stringify(reportJson(result), undefined, 2)}\n`;
  return csv ? tables(result).map(tableCsv).join('\n') : reportText(result);
}
