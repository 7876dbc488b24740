import { Temporal } from 'temporal-polyfill';
import { PERIOD_COUNTS } from '../report/periods.ts';
import { tables } from '../report/report.ts';
import type { Answer } from './answer.ts';
import { type Html, html } from './html.ts';
import { writeQuestion } from './question.ts';
import { renderTableDetails } from './render-figure.ts';
import { ago } from './render-freshness.ts';
import { renderMatrix } from './render-matrix.ts';
import type { View } from './view.ts';

/** Instead of charts without anything in them: what has come so far, and what to do next. */
export function renderFirstDay(reports: number, { report }: Answer, view: View): Html {
  const totals = tables(report).filter(({ id }) => id === 'totals');
  return html`
    <section class="first-day" aria-labelledby="headline">
      <h2 id="headline">${sentence(reports, report.since, view)}</h2>
      ${reports === 0 ? renderBeginning() : renderWaiting(report)}
    </section>
    ${reports === 0 ? undefined : totals.map((table) => renderTableDetails(table, view))}`;
}

/** While the first period goes on: the matrix so far, and where there is more to see. */
export function renderFirstPeriod(reports: number, { report }: Answer, view: View): Html {
  const { unit } = view.question;
  const days = writeQuestion({ ...view.question, unit: 'day', count: PERIOD_COUNTS.day.usual });
  const totals = tables(report).filter(({ id }) => id === 'totals');
  return html`
    ${renderMatrix(report, view)}
    <section class="first-day" aria-labelledby="beginning">
      <h2 id="beginning">${sentence(reports, report.since, view)}</h2>
      <p>Charts and tables appear when the first ${unit} has ended: until then each would show a part of one ${unit}.</p>
      ${unit === 'day' ? undefined : html`<p><a class="way" href="${view.base}/?${days}">The figures by day</a></p>`}
    </section>
    ${totals.map((table) => renderTableDetails(table, view))}`;
}

function sentence(reports: number, since: number | null, { now, received }: View): string {
  if (reports === 0) return 'No report has been received yet';
  const count = reports === 1 ? '1 report received' : `${reports} reports received`;
  if (received !== undefined) return `${count}${reports === 1 ? '' : ', the latest'} ${ago(now - received)}`;
  // After a restart only the quarter hour of the first one is known.
  return since === null ? count : `${count}${reports === 1 ? '' : ', the first'} ${ago(now - since)}`;
}

function renderBeginning(): Html {
  return html`
    <p>The collector is running and waits for the first one. Send one from a Wasp project:</p>
    <pre tabindex="0" aria-label="A command that sends a report"><code>WASP_TELEMETRY_URL=https://ADDRESS-OF-THE-COLLECTOR/capture wasp version</code></pre>
    <p>This page shows it within half a minute, without being reloaded.</p>`;
}

function renderWaiting({ now, periods }: Answer['report']): Html {
  const today = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(periods.timeZone)
    .toPlainDate();
  return html`
    <p>Receiving works. What has come so far is in the table; more is shown from the tenth report on.</p>
    <p>Next: note today as the beginning, so that the charts say why they begin here.</p>
    <pre tabindex="0" aria-label="A command that notes the beginning"><code>wasp-collector note ${String(today)} "First reports" --data DIR</code></pre>`;
}
