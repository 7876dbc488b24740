/** A chart as data: what is drawn, and not how. Every number is in the table that the chart belongs to. */
export interface Chart {
  /** One bar per row with the series on top of each other; bars side by side; or a line per series. */
  kind: 'stack' | 'bars' | 'lines';
  /** What the chart shows that its table's title doesn't say; may be empty. */
  title: string;
  /** Names of the table's columns. The table's first column names the rows. */
  series: readonly string[];
}
