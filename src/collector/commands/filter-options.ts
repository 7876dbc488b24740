/** Options that say which reports don't count, for `report` and for the page. */
import { InvalidArgumentError, Option } from 'commander';
import { storedForms } from '../ingest/distinct-id.ts';
import { DEFAULT_BURST } from '../report/bursts.ts';
import { readIds } from './read-ids.ts';

export function excludeOption(): Option {
  return new Option('--exclude <id...>', 'ids that don’t count, such as the team’s own').default([], 'none');
}

export function excludeFileOption(): Option {
  return new Option(
    '--exclude-file <file>',
    'the same from a file: an id per line, # begins a comment; - reads standard input',
  );
}

export function burstOption(): Option {
  return new Option(
    '--burst <n>',
    'leave out ids of unrecognised CI: at least N new ones in a quarter hour that never come back; or off',
  )
    .argParser(parseBurst)
    .default(DEFAULT_BURST);
}

interface ExcludeOptions {
  exclude: string[];
  excludeFile?: string;
}

/**
 * All ids to be excluded, each also in the form in which it is stored if it is in no form that is known. Throws
 * `OperatorError` if the file can't be read.
 */
export function excludedIds(options: ExcludeOptions): string[] {
  return givenIds(options).flatMap(storedForms);
}

/** The same as they are given. */
export function givenIds({ exclude, excludeFile }: ExcludeOptions): string[] {
  return excludeFile === undefined ? exclude : [...exclude, ...readIds(excludeFile, 'exclude')];
}

/** A whole number above 0. */
export function parseCount(value: string): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('Expected a whole number above 0.');
  return count;
}

/** `false` for off: an option's value that is null becomes an empty text in commander. */
function parseBurst(value: string): number | false {
  return value === 'off' ? false : parseCount(value);
}

/** The filters' smallest burst, null for none. */
export function burstMinimum({ burst }: { burst: number | false }): number | null {
  return burst === false ? null : burst;
}
