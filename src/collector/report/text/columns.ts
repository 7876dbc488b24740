import { columnsOf } from '../../../protocol/columns.ts';

/** Rows of cells as lines: the first column to the left, all others to the right, nothing after the last character. */
export function aligned(rows: readonly (readonly string[])[], gap = 2): string[] {
  const widths = columnWidths(rows);
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const padding = ' '.repeat((widths[column] as number) - columnsOf(cell));
        return column === 0 ? cell + padding : ' '.repeat(gap) + padding + cell;
      })
      .join('')
      .trimEnd(),
  );
}

/**
 * The same in parts that are at most `width` wide, each with the first column. A column that is too wide on its own gets a
 * part to itself.
 */
export function folded(rows: readonly (readonly string[])[], width: number, gap = 2): string[][] {
  const [first = 0, ...others] = columnWidths(rows);
  const parts: number[][] = [];
  let room = -1;
  others.forEach((other, index) => {
    room -= other + gap;
    if (room < 0) {
      parts.push([]);
      room = width - first - other - gap;
    }
    parts.at(-1)?.push(index + 1);
  });
  if (parts.length === 0) parts.push([]);
  return parts.map((columns) =>
    aligned(
      rows.map((row) => [0, ...columns].map((column) => row[column] ?? '')),
      gap,
    ),
  );
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => columnsOf(row[column] ?? ''))),
  );
}
