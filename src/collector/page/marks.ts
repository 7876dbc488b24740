import { Temporal } from 'temporal-polyfill';
import type { Mark } from '../charts/drawing.ts';
import { noteMarks } from '../charts/note-marks.ts';
import type { Note } from '../notes.ts';
import { QUARTER_HOUR_MS } from '../quarter-hours.ts';
import { type Periods, withCurrent } from '../report/periods.ts';
import type { Report } from '../report/report.ts';

/** A version with fewer of the most used one's users than this share isn't marked: any client can invent a version. */
const SMALLEST_SHARE = 0.01;

/** Releases, from the first report of a version, and the maintainers' notes, in the order of time. */
export function marksOf(report: Report, notes: readonly Note[]): Mark[] {
  const periods = withCurrent(report.periods);
  const all = [...releases(report, periods), ...noteMarks(notes, periods)];
  return all.filter(({ at }) => at >= 0).toSorted((one, other) => (one.date < other.date ? -1 : 1));
}

function releases({ figures, since }: Report, { bounds, labels, timeZone }: Periods): Mark[] {
  // The release of this week is what one looks for, long before it is among the most used ones.
  const versions = [...(figures.versions?.most ?? []), ...(figures.versions?.fresh ?? [])];
  const most = Math.max(0, ...versions.map(({ users }) => users));
  const periodAt = (quarterHour: number) =>
    labels.findIndex(
      (_, index) => quarterHour >= (bounds[index] as number) && quarterHour < (bounds[index + 1] as number),
    );
  const begun = since === null ? -1 : periodAt(since / QUARTER_HOUR_MS);
  return (
    versions
      .filter(({ version, users }) => /^\d+\.\d+\.\d+/.test(version) && users >= SMALLEST_SHARE * most)
      .map(({ version, firstQuarterHour }) => ({
        at: periodAt(firstQuarterHour),
        date: dateAt(firstQuarterHour, timeZone),
        text: version,
      }))
      // A version that was there when receiving began wasn't released then.
      .filter(({ at }) => at !== begun)
  );
}

function dateAt(quarterHour: number, timeZone: string): string {
  const time = Temporal.Instant.fromEpochMilliseconds(quarterHour * QUARTER_HOUR_MS);
  return String(time.toZonedDateTimeISO(timeZone).toPlainDate());
}
