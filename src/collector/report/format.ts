/** A whole number as a reader sees it anywhere: `12,345`. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en');
}

/** `2026-03-09` → `9 Mar`. */
export function shortDate(label: string): string {
  const [, month = '', day = ''] = label.split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1]}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
