import { Argument, Command, Option } from 'commander';
import { OperatorError } from '../errors.ts';
import { FIGURE_NAMES, type FigureName } from '../report/figures/index.ts';
import { PERIOD_COUNTS, PERIOD_UNITS, type PeriodUnit, UnknownTimeZoneError } from '../report/periods.ts';
import type { Report } from '../report/report.ts';
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
import { NAMES, type Wanted, wantedFigures } from './report/figure-names.ts';
import { limitText } from './report/limits.ts';
import { type Form, written } from './report/write.ts';

interface ReportCommandOptions extends QuestionOptions {
  data: string;
  ca?: string;
  period?: PeriodUnit;
  last?: number;
  all: boolean;
  json: boolean;
  csv: boolean;
  numbers: boolean;
  notes?: string;
}

export function reportCommand(): Command {
  return new Command('report')
    .description('answer the morning’s questions; the server may run')
    .addArgument(new Argument('[figure...]', `only these: ${NAMES.join(', ')}`))
    .addOption(dataOrClickHouseOption())
    .addOption(caOption())
    .option('--all', 'every figure; without it and without a figure, a summary of yesterday', false)
    .addOption(
      new Option('--period <unit>', 'the length of a period (default: week; of the summary: day)').choices(
        PERIOD_UNITS,
      ),
    )
    .option('--last <n>', 'how many complete periods (default: 14 days, 12 weeks, 12 months)', parseCount)
    .addOption(environmentOption())
    .addOption(timeZoneOption())
    .addOption(excludeOption())
    .addOption(excludeFileOption())
    .addOption(burstOption())
    .addOption(nowOption())
    .addOption(
      new Option('--json', 'one JSON object; every figure unless named').default(false).conflicts('csv'),
    )
    .addOption(new Option('--csv', 'one figure as CSV; name it').default(false))
    .addOption(new Option('--numbers', 'for the page').default(false).hideHelp())
    .addOption(new Option('--notes <dir>', 'for the page').hideHelp())
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  wasp-collector report --data /var/lib/wasp-collector\n' +
        '  wasp-collector report --data DIR --all\n' +
        '  wasp-collector report retention funnel --data DIR --period month --last 6\n' +
        '  wasp-collector report active-users --data DIR --period day --timezone Europe/Zagreb --csv',
    )
    .action(run);
}

async function run(names: string[], options: ReportCommandOptions): Promise<void> {
  yieldToReceiving();
  const form = formOf(names, options);
  const wanted = wantedOf(names, form);
  const unit = options.period ?? (form === 'summary' ? 'day' : 'week');
  const report = await calculated(wanted.figures, unit, options);
  const limit = limitText(report, options.last);
  if (limit) process.stderr.write(`wasp-collector: ${limit}\n`);
  process.stdout.write(
    options.numbers
      ? await forPage(report, options.notes ?? options.data)
      : written(report, form, {
          ids: wanted.ids,
          notes: form === 'summary' ? notesBeside(options.data) : [],
        }),
  );
}

function formOf(names: readonly string[], { all, json, csv, numbers }: ReportCommandOptions): Form {
  if (all && names.length > 0) {
    throw new OperatorError(`--all is every figure: leave it out, or leave out ${names.join(', ')}.`);
  }
  if (json) return 'json';
  if (csv) return 'csv';
  return all || numbers || names.length > 0 ? 'text' : 'summary';
}

function wantedOf(names: readonly string[], form: Form): Wanted {
  if (form === 'csv' && names.length !== 1) {
    throw new OperatorError(`--csv writes one figure; name it: ${NAMES.join(', ')}.`);
  }
  if (names.length > 0) return wantedFigures(names);
  return { figures: form === 'summary' ? ['morning'] : FIGURE_NAMES };
}

/** Everything that the page shows of this question, its charts drawn. */
async function forPage(result: Report, data: string): Promise<string> {
  const { answerOf } = await import('../page/answer-of.ts');
  return JSON.stringify(await answerOf(result, notesBeside(data)));
}

async function calculated(
  figures: readonly FigureName[],
  unit: PeriodUnit,
  options: ReportCommandOptions,
): Promise<Report> {
  const { usual, most } = PERIOD_COUNTS[unit];
  const engine = openEngine(options.data, options);
  try {
    return await engine.report(
      { ...questionOf(options), unit, count: Math.min(options.last ?? usual, most) },
      figures,
    );
  } catch (error) {
    throw error instanceof UnknownTimeZoneError ? new OperatorError(error.message) : error;
  } finally {
    await engine.close();
  }
}
