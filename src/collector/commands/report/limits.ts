import type { Report } from '../../report/report.ts';

/** Says so if a report has fewer periods than were `asked` for; undefined if none were. */
export function limitText(
  { periods: { unit, count } }: Report,
  asked: number | undefined,
): string | undefined {
  if (asked === undefined || asked <= count) return undefined;
  return `--last ${asked} is more than a report has; this one is about ${count} ${unit}s.`;
}
