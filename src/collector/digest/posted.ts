/** What was posted where, `digests.json`: each period once. */
import { join } from 'node:path';
import { replaceDataFile } from '../data-files.ts';
import { OperatorError } from '../errors.ts';
import { readDataFile } from '../regular-file.ts';
import type { PeriodUnit } from '../report/periods.ts';

/** By destination, by unit: the latest period that was posted. */
export type Posted = Record<string, Partial<Record<PeriodUnit, string>>>;

const NAME = 'digests.json';

/** @throws OperatorError if the file can't be understood */
export function readPosted(directory: string): Posted {
  const file = join(directory, NAME);
  const content = readDataFile(file);
  if (content === undefined) return {};
  try {
    const posted: unknown = JSON.parse(content.toString());
    if (typeof posted === 'object' && posted !== null && !Array.isArray(posted)) return posted as Posted;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new OperatorError(
    `${file} can't be understood. Remove it; the next digest may then be posted twice.`,
  );
}

/** Was this period, or a later one, posted there? */
export function isPosted(posted: Posted, destination: string, unit: PeriodUnit, label: string): boolean {
  return (posted[destination]?.[unit] ?? '') >= label;
}

/** Read again before it is written: another destination may have been served meanwhile. */
export function notePosted(
  directory: string,
  destination: string,
  periods: readonly { unit: PeriodUnit; label: string }[],
): void {
  const posted = readPosted(directory);
  const of = { ...posted[destination] };
  for (const { unit, label } of periods) if ((of[unit] ?? '') < label) of[unit] = label;
  replaceDataFile(directory, NAME, `${JSON.stringify({ ...posted, [destination]: of }, undefined, 2)}\n`);
}
