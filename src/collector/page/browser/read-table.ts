/** A chart's numbers, read from the table that stands below it, so that the two can't differ. */
export interface Series {
  name: string;
  values: (number | null)[];
}

export function readTable(
  table: HTMLTableElement,
  columns: readonly number[],
): { labels: string[]; series: Series[] } {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent ?? '');
  return {
    labels: rows.map((row) => row.cells[0]?.textContent ?? ''),
    series: columns.map((column) => ({
      name: heads[column] ?? '',
      values: rows.map((row) => {
        const value = row.cells[column]?.dataset.value;
        return value === undefined ? null : Number(value);
      }),
    })),
  };
}
