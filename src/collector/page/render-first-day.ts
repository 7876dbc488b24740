import { tables } from '../report/report.ts';
import type { Answer } from './answer.ts';
import { type Html, html } from './html.ts';
import { renderTableDetails } from './render-figure.ts';
import { ago } from './render-freshness.ts';
import type { View } from './view.ts';

/** Instead of charts without anything in them: what has come so far, and what to do next. */
export function renderFirstDay(reports: number, { report }: Answer, view: View): Html {
  const totals = tables(report).filter(({ id }) => id === 'totals');
  return html`
    <section class="first-day" aria-labelledby="headline">
      <h2 id="headline">${sentence(reports, report.since, view)}</h2>
      ${reports === 0 ? renderBeginning() : renderWaiting()}
    </section>
    ${reports === 0 ? undefined : totals.map((table) => renderTableDetails(table, view))}`;
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

function renderWaiting(): Html {
  return html`
    <p>Receiving works. Charts appear from the tenth report on; what has come so far is in the table.</p>
    <p>Next: note today as the beginning, so that the charts say why they begin here.</p>
    <pre tabindex="0" aria-label="A command that notes the beginning"><code>wasp-collector note DATE "First reports" --data DIR</code></pre>`;
}
