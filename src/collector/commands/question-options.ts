/** Options of a question about reports, for every subcommand that asks one. */
import { Option } from 'commander';
import { ENVIRONMENTS } from '../environment.ts';
import type { ReportOptions } from '../report/report.ts';
import type { EnvironmentChoice } from '../report/selection.ts';
import { burstMinimum, excludedIds } from './filter-options.ts';
import { parseTime } from './options.ts';

/** `--env ENVIRONMENT`. */
export function environmentOption(): Option {
  return new Option('--env <environment>', 'where the reports come from')
    .choices([...ENVIRONMENTS, 'all'])
    .default('local');
}

/** `--timezone NAME`. */
export function timeZoneOption(): Option {
  return new Option('--timezone <name>', 'the calendar to count by, such as Europe/Zagreb').default('UTC');
}

/** `--now TIME`. */
export function nowOption(): Option {
  return new Option(
    '--now <time>',
    'as if it were this time: the same store then gives the same figures',
  ).argParser(parseTime);
}

/** The values of these options and of those that say which reports don't count. */
export interface QuestionOptions {
  env: EnvironmentChoice;
  timezone: string;
  /** Milliseconds UTC. */
  now?: number;
  exclude: string[];
  excludeFile?: string;
  burst: number | false;
}

/** The question without its periods; of this moment unless `--now` says otherwise. Throws `OperatorError`. */
export function questionOf(options: QuestionOptions): Omit<ReportOptions, 'unit' | 'count'> {
  return {
    timeZone: options.timezone,
    environment: options.env,
    now: options.now ?? Date.now(),
    exclude: excludedIds(options),
    burstMinimum: burstMinimum(options),
  };
}
