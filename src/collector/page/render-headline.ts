import type { Report } from '../report/report.ts';
import { type Html, html } from './html.ts';

/** The four numbers that are looked at first: the last complete period, and how it compares to the one before. */
export function renderHeadline({ figures, periods }: Report): Html {
  const { unit } = periods;
  const projects = figures.projects ?? [];
  return html`
    <dl class="headline">
      ${tile(`Active users, last ${unit}`, figures['active-users']?.map(({ users }) => users) ?? [])}
      ${tile(`New users, last ${unit}`, figures.funnel?.map(({ used }) => used) ?? [])}
      ${tile(
        `Projects created, last ${unit}`,
        projects.map(({ created }) => created.new),
      )}
      ${tile(
        `Projects deployed first, last ${unit}`,
        projects.map(({ deployed }) => deployed.new),
      )}
      ${tile(`Installations, last ${unit}`, figures.installs?.map(({ installs }) => installs) ?? [])}
    </dl>`;
}

function tile(label: string, values: readonly number[]): Html {
  const [before, last] = [values.at(-2), values.at(-1) ?? 0];
  return html`
    <div>
      <dt>${label}</dt>
      <dd><span class="number">${last.toLocaleString('en')}</span>
        ${before === undefined ? undefined : html`<span class="change">${change(before, last)}</span>`}</dd>
    </div>`;
}

function change(before: number, last: number): string {
  if (last === before) return 'as before';
  const sign = last > before ? '▲ +' : '▼ −';
  return `${sign}${Math.abs(last - before).toLocaleString('en')} from ${before.toLocaleString('en')}`;
}
