import type { Answer } from './answer.ts';
import { type Html, html } from './html.ts';
import type { View } from './view.ts';

/** When the figures were calculated, and a word if newer ones are on their way. */
export function renderFreshness({ report }: Answer, { isOld, now }: View): Html {
  const time = new Date(report.now).toISOString();
  const clock = localTime(report.now, report.periods.timeZone);
  return html`
    <p class="freshness">Calculated <time datetime="${time}">${clock}</time><span class="age"></span>
      ${isOld ? html`<strong>${ago(now - report.now)}; newer figures are being calculated</strong>` : undefined}</p>`;
}

/** `Tue 24 Nov, 09:12 (UTC)`. */
function localTime(time: number, timeZone: string): string {
  const parts = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  const text = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone }).format(time);
  return `${text} (${timeZone})`;
}

/** Milliseconds → `2 minutes ago`. */
export function ago(elapsed: number): string {
  const minutes = Math.floor(Math.max(0, elapsed) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} ${hours === 1 ? 'hour' : 'hours'} ago`;
  return `${Math.floor(hours / 24)} days ago`;
}
