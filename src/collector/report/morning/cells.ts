/** The matrix' cells in words, for page, terminal and digest alike. */
import { formatNumber } from '../format.ts';
import type { PeriodUnit } from '../periods.ts';
import { type Column, changeFromUsual, verdict } from './matrix.ts';

/** What a column counts, where there is room to say it. */
export function columnTitle({ name }: Pick<Column, 'name'>): string {
  return name === 'projects' ? 'new projects' : name;
}

/**
 * `2.3 d each`, `210 times`, `13,785 in all`; an installation can't be followed, so each is one. Of the users of a day
 * nothing: each is active on one day.
 */
export function howOften({ name, count, often }: Column, unit: PeriodUnit): string {
  if (count === null || often === null) return '–';
  switch (name) {
    case 'installed':
      return count === 0 ? '–' : 'once each';
    case 'used':
      if (unit === 'day') return '';
      return count === 0 ? '–' : `${(often / count).toFixed(1)} d each`;
    case 'projects':
      return `${formatNumber(often)} in all`;
    default:
      return `${formatNumber(often)} ${often === 1 ? 'time' : 'times'}`;
  }
}

/** `as usual`, `▲ 12 %`, `▼ 30 %`, `no usual yet`; the median where it is 0 and a percentage impossible. */
export function againstUsual(column: Column): string {
  const said = verdict(column);
  if (said === 'unknown') return 'no usual yet';
  if (said === 'usual') return 'as usual';
  const change = changeFromUsual(column);
  const sign = said === 'above' ? '▲' : '▼';
  return change === null
    ? `${sign} from ${formatNumber(column.usual?.median ?? 0)}`
    : `${sign} ${Math.abs(change)} %`;
}
