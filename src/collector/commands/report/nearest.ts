/** The word that was probably meant: the one with the fewest letters to change, if these are few, or one that has it in it. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((one) => ({ one, distance: distance(word.toLowerCase(), one) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best && best.distance <= Math.max(1, Math.floor(word.length / 3))) return best.one;
  if (word.length < 3) return undefined;
  const part = word.toLowerCase();
  return known.find((one) => one.startsWith(part)) ?? known.find((one) => one.includes(part));
}

/** Letters to insert, remove, replace, or exchange with their neighbour (optimal string alignment). */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      const at = (up: number, left: number) =>
        (up === 0 ? line[column - left] : rows[row - up]?.[column - left]) as number;
      let best = Math.min(at(1, 0) + 1, at(0, 1) + 1, at(1, 1) + same);
      const isExchanged =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (isExchanged) best = Math.min(best, at(2, 2) + 1);
      line.push(best);
    }
    rows.push(line);
  }
  return rows[from.length]?.[to.length] as number;
}
