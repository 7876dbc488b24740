/**
 * How wide a line may be: as the terminal is; else as `COLUMNS` says, if it says anything; else undefined, since a file
 * and a program read lines of any length.
 */
export function terminalWidth(): number | undefined {
  if (process.stdout.isTTY && process.stdout.columns > 0) return process.stdout.columns;
  const columns = Number(process.env.COLUMNS);
  return Number.isInteger(columns) && columns > 0 ? columns : undefined;
}
