/** Which tables are drawn, and how. The browser reads the numbers from the table itself. */
export interface Chart {
  kind: 'stack' | 'bars' | 'lines';
  /** What the chart shows that its table's title doesn't say. */
  title: string;
  /** The table's columns that are drawn, by number; column 0 names the periods. */
  columns: readonly number[];
}

/** By table id. A table that isn't here is read as it is. */
export function chartsOf(tableId: string, columns: readonly string[]): readonly Chart[] {
  const all = columns.map((_, index) => index).slice(1);
  switch (tableId) {
    case 'active-users':
      return [{ kind: 'stack', title: 'By age', columns: [1, 2, 3, 4] }];
    case 'projects':
      return [
        { kind: 'bars', title: 'New', columns: [1, 2, 3] },
        { kind: 'lines', title: 'In total', columns: [4, 5, 6] },
      ];
    case 'funnel':
      return [{ kind: 'bars', title: 'How far they came', columns: all }];
    case 'deploys':
      return [{ kind: 'stack', title: 'Projects by host', columns: [1, 2, 3] }];
    case 'versions':
    case 'systems':
      return [{ kind: 'stack', title: '', columns: all }];
    case 'installs':
      return [{ kind: 'stack', title: 'By way of installation', columns: [1, 2] }];
    default:
      return [];
  }
}
