import { Option } from 'commander';
import { KEYS_VARIABLE } from '../../publish/public-keys.ts';
import { DAY_MS } from '../../quarter-hours.ts';

/** For how long a document is valid unless it is said, in milliseconds. */
export const NINETY_DAYS = 90 * DAY_MS;

/** `--public-key`, for commands that look at what is published. */
export function publicKeyOption(): Option {
  return new Option(
    '--public-key <keys>',
    `the keys that front ends trust, separated by spaces (default: ${KEYS_VARIABLE}, or else those that publish was given before)`,
  ).argParser((keys: string, before: string | undefined) =>
    before === undefined ? keys : `${before} ${keys}`,
  );
}
