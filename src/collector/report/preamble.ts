import { QUARTER_HOUR_MS } from '../quarter-hours.ts';
import type { PeriodUnit } from './periods.ts';
import type { Report } from './report.ts';

/** What every figure of the report has in common, a sentence each. */
export function preamble({ periods, environment, now, leftOut, since }: Report): string[] {
  const { unit, count, timeZone, labels, end } = periods;
  const range = `${count} complete ${plural(count, unit)}, ${labels[0]} to ${end} (exclusive), time zone ${timeZone}`;
  const weeks = unit === 'week' ? '; weeks begin on Monday' : '';
  const where = environment === 'all' ? 'all environments' : `environment ${environment}`;
  return [
    `Calculated ${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC, ${where}.`,
    `${range}${weeks}. Times are the server’s, to the quarter hour.`,
    `Left out: ${leftOutText(leftOut)}.`,
    ...began(periods, since),
  ];
}

/** Why there are fewer periods than one sees asked for. */
function began({ unit, bounds }: Report['periods'], since: number | null): string[] {
  if (since === null) return ['Nothing has been received yet.'];
  if (since < (bounds[1] as number) * QUARTER_HOUR_MS) return [];
  const first = new Date(since).toISOString().slice(0, 16).replace('T', ' ');
  return [`The first report came at ${first} UTC; a ${unit} that had ended before has no numbers.`];
}

function leftOutText({ excluded, burstMinimum, bursts, burstPersons }: Report['leftOut']): string {
  const ids = `${excluded} excluded ${plural(excluded, 'id')}`;
  if (burstMinimum === null) return `${ids}; the burst rule is off`;
  return (
    `${ids}; ${burstPersons} local ${plural(burstPersons, 'id')} in ${bursts} ${plural(bursts, 'burst')} ` +
    `(a quarter hour with at least ${burstMinimum} new ids and 4 times the mean of the 28 days before; ` +
    'ids that came back after more than 25 hours count)'
  );
}

function plural(count: number, noun: string | PeriodUnit): string {
  return count === 1 ? noun : `${noun}s`;
}
