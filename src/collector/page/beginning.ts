import type { Report } from '../report/report.ts';

/**
 * The first period in which anything had been received: its index, which is that after the last one if nothing was;
 * and whether receiving began in it, so that what was there then wasn't new.
 */
export function beginning({ figures, periods }: Report): { index: number; isKnown: boolean } {
  const projects = figures.projects ?? [];
  const index = periods.labels.findIndex(
    (_, at) =>
      (projects[at]?.created.total ?? 0) > 0 ||
      (figures['active-users']?.[at]?.users ?? 0) > 0 ||
      (figures.installs?.[at]?.installs ?? 0) > 0,
  );
  if (index < 0) return { index: periods.count, isKnown: true };
  const created = projects[index]?.created;
  return { index, isKnown: index > 0 || (created !== undefined && created.total === created.new) };
}
