/** Milliseconds for which the same line isn't written again: a failing disk would write one per commit. */
const REPEATED_AFTER = 60_000;
/** Lines that are remembered; all of them are forgotten when there are more. */
const MOST = 100;

/**
 * Returns the function that writes one line per fact to stdout, for a service manager's journal. When its reader has
 * gone, lines are lost and the server goes on: receiving doesn't depend on being watched.
 */
export function openLog(): (line: string) => void {
  process.stdout.on('error', () => {});
  return withoutRepetitions(
    (line) => {
      if (process.stdout.writable) process.stdout.write(`wasp-collector: ${line}\n`);
    },
    () => performance.now(),
  );
}

/** The same line is written once a minute, with how often it was left out. `now` in milliseconds. */
export function withoutRepetitions(write: (line: string) => void, now: () => number): (line: string) => void {
  const seen = new Map<string, { at: number; leftOut: number }>();
  return (line) => {
    const known = seen.get(line);
    if (known && now() - known.at < REPEATED_AFTER) {
      known.leftOut += 1;
      return;
    }
    if (seen.size >= MOST) seen.clear();
    seen.set(line, { at: now(), leftOut: 0 });
    write(known && known.leftOut > 0 ? `${line} (and ${known.leftOut} times more in between)` : line);
  };
}
