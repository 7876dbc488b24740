import type { Report } from '../report/report.ts';
import { type Html, html } from './html.ts';

/** The numbers that are looked at first: the last complete period, and how it compares to the one before. */
export function renderHeadline({ figures, periods }: Report): Html {
  const projects = figures.projects ?? [];
  return html`
    <h2 class="when" id="headline">The ${periods.unit} from ${periods.labels.at(-1)}, compared with the one before</h2>
    <dl class="headline">
      ${tile('Active users', figures['active-users']?.map(({ users }) => users) ?? [])}
      ${tile('New users', figures.funnel?.map(({ used }) => used) ?? [])}
      ${tile(
        'Projects created',
        projects.map(({ created }) => created.new),
      )}
      ${tile(
        'Projects first deployed',
        projects.map(({ deployed }) => deployed.new),
      )}
      ${tile('Installations', figures.installs?.map(({ installs }) => installs) ?? [])}
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
