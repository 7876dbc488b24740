/**
 * A spreadsheet takes a CSV cell that starts with one of these for a formula, and some of our cells are a stranger's
 * text. An apostrophe in front prevents it; what already looks guarded gets one too, so that reading undoes exactly
 * what writing did.
 */
const NEEDS_GUARD = /^'*[=+\-@\t\r]/;

export function guarded(cell: string): string {
  return NEEDS_GUARD.test(cell) ? `'${cell}` : cell;
}

export function unguarded(cell: string): string {
  return cell.startsWith("'") && NEEDS_GUARD.test(cell) ? cell.slice(1) : cell;
}
