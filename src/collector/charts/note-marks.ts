import type { Note } from '../notes.ts';
import type { Periods } from '../report/periods.ts';
import type { Mark } from './drawing.ts';

/** The maintainers' notes about these periods, each in the one in which its day lies. */
export function noteMarks(notes: readonly Note[], { labels, end }: Periods): Mark[] {
  return notes
    .filter(({ date }) => date >= (labels[0] as string) && date < end)
    .map(({ date, text }) => ({ at: labels.findLastIndex((label) => label <= date), date, text }));
}
