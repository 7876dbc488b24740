/** A whole number as a reader sees it anywhere: `12,345`. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en');
}
