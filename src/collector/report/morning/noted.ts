import type { Note } from '../../notes.ts';
import { shortDate } from '../format.ts';
import type { Matrix } from './matrix.ts';

/** More would hide the numbers; the page lists all. */
const MOST = 3;

/**
 * What the maintainers noted about the matrix' last complete period, to stand behind its sentence:
 * ` Noted: Launch (13 Oct), Receiver down (19 Oct).`; empty if they noted nothing.
 */
export function noted(
  { unit, label, labels }: Pick<Matrix, 'unit' | 'label' | 'labels'>,
  notes: readonly Note[],
): string {
  const end = labels.at(-1) ?? label;
  const own = notes.filter(({ date }) => date >= label && date < end);
  if (own.length === 0) return '';
  const told = own
    .slice(0, MOST)
    .map(({ date, text }) => (unit === 'day' ? text : `${text} (${shortDate(date)})`));
  const more = own.length > MOST ? ` and ${own.length - MOST} more` : '';
  return ` Noted: ${told.join(', ')}${more}.`;
}
