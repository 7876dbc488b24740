import { OperatorError } from '../errors.ts';
import type { Filters } from '../report/selection.ts';
import { runSelf } from '../run-self.ts';
import type { Answer } from './answer.ts';
import type { Calculate } from './answers.ts';
import { inTurn } from './in-turn.ts';

/**
 * Calculates in a process of its own, this same executable, so that receiving neither waits for a report nor
 * shares its memory. `data` is what answers, `ca` as the option,
 * `notes` the directory with the notes for the charts. `stop` ends calculations that are running.
 */
export function calculateElsewhere(
  { data, ca, notes }: { data: string; ca?: string | undefined; notes: string },
  { exclude, burstMinimum }: Filters,
  stop: AbortSignal,
): Calculate {
  return async ({ unit, count, environment, timeZone }) => {
    const options = [
      ['--data', data],
      ...(ca === undefined ? [] : [['--ca', ca]]),
      ['--notes', notes],
      ['--period', unit],
      ['--last', String(count)],
      ['--env', environment],
      ['--timezone', timeZone],
      ['--burst', burstMinimum === null ? 'off' : String(burstMinimum)],
      // Not as arguments, which every user of the machine can read, and which have to fit into 128 KB.
      ['--exclude-file', '-'],
    ];
    const input = exclude.join('\n');
    try {
      return JSON.parse(
        String(await runSelf(['report', '--numbers', ...options.flat()], { signal: stop, input })),
      ) as Answer;
    } catch (error) {
      const { stderr = '', message } = error as Error & { stderr?: string };
      throw new OperatorError(stderr.trim().replace(/^wasp-collector: /, '') || message, { cause: error });
    }
  };
}

/** Pictures that may wait at a time. */
const MOST_PICTURES = 20;

/** An SVG → PNG, in a process of its own too, one at a time. Rejects if that fails or is stopped, or too many wait. */
export function pictureElsewhere(stop: AbortSignal): (svg: string) => Promise<Uint8Array> {
  const next = inTurn(MOST_PICTURES);
  return (svg) => next(() => runSelf(['picture'], { signal: stop, input: svg }));
}
