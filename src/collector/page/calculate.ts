import { execFile } from 'node:child_process';
import { isSea } from 'node:sea';
import { promisify } from 'node:util';
import { OperatorError } from '../errors.ts';
import type { Report } from '../report/report.ts';
import type { Filters } from '../report/selection.ts';
import type { Calculate } from './answers.ts';

const run = promisify(execFile);

/** Milliseconds; the first calculation after an import may have to read all events. */
const PATIENCE = 10 * 60_000;
/** Bytes; a year of days is about one million. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Calculates in a process of its own, this same executable, so that receiving neither waits for a report nor
 * shares its memory.
 */
export function calculateElsewhere(dataDir: string, { exclude, burstMinimum }: Filters): Calculate {
  const [command, ...self] = isSea() ? [process.execPath] : [process.execPath, process.argv[1] as string];
  return async ({ unit, count, environment, timeZone }) => {
    const options = [
      ['--data', dataDir],
      ['--period', unit],
      ['--last', String(count)],
      ['--env', environment],
      ['--timezone', timeZone],
      ['--burst', burstMinimum === null ? 'off' : String(burstMinimum)],
      ...exclude.map((id) => ['--exclude', id]),
    ];
    try {
      const { stdout } = await run(command as string, [...self, 'report', '--numbers', ...options.flat()], {
        maxBuffer: LARGEST,
        timeout: PATIENCE,
      });
      return JSON.parse(stdout) as Report;
    } catch (error) {
      const { stderr = '', message } = error as Error & { stderr?: string };
      throw new OperatorError(stderr.trim().replace(/^wasp-collector: /, '') || message, { cause: error });
    }
  };
}
