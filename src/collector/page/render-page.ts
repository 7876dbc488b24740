/** The morning page: what happened, then the charts in the order of the questions, then details. */
import { patterns } from '../charts/colour.ts';
import { QUARTER_HOUR_MS } from '../quarter-hours.ts';
import { shortDate } from '../report/format.ts';
import { preamble } from '../report/preamble.ts';
import { tables } from '../report/report.ts';
import type { Answer } from './answer.ts';
import { type Html, html } from './html.ts';
import { renderDocument } from './render-document.ts';
import { renderFigure, renderTableDetails } from './render-figure.ts';
import { renderFirstDay, renderFirstPeriod } from './render-first-day.ts';
import { renderFreshness } from './render-freshness.ts';
import { renderMatrix } from './render-matrix.ts';
import type { View } from './view.ts';

/** The table that is shown as the matrix. */
const MATRIX = 'morning';
/** Reports up to which charts would say nothing. */
const FEW = 10;

export function renderPage(answer: Answer, view: View): Html {
  const { report } = answer;
  const body = html`
    <a class="skip" href="#figures">Skip to the figures</a>
    <svg class="patterns" aria-hidden="true" focusable="false" width="0" height="0"><defs>${{ markup: patterns() }}</defs></svg>
    ${renderHeader(answer, view)}
    <main id="figures" tabindex="-1">
      ${renderMain(answer, view)}
    </main>
    <footer>${preamble(report).map((line) => html`<p>${line}</p>`)}</footer>`;
  return renderDocument('Wasp in use', body, { script: true });
}

/** Whether the page says how long ago the latest report came, and so is another one each minute. */
export function isBeginning({ report }: Answer): boolean {
  return reportsIn(report) < FEW || isFirstPeriod(report);
}

function renderMain(answer: Answer, view: View): Html {
  const reports = reportsIn(answer.report);
  if (reports < FEW) return renderFirstDay(reports, answer, view);
  return isFirstPeriod(answer.report)
    ? renderFirstPeriod(reports, answer, view)
    : renderFigures(answer, view);
}

function reportsIn({ figures }: Answer['report']): number {
  return (figures.totals ?? []).reduce((sum, one) => sum + one.reports, 0);
}

/** Whether a chart would have nothing but the period that hasn't ended. */
function isFirstPeriod({ periods, since }: Answer['report']): boolean {
  return since !== null && since >= (periods.bounds[periods.count] as number) * QUARTER_HOUR_MS;
}

function renderHeader(answer: Answer, view: View): Html {
  return html`
    <header>
      <div class="title">
        <h1>Wasp in use</h1>
        ${renderFreshness(answer, view)}
        ${
          view.base === ''
            ? html`<div class="session"><a class="way" href="/shares">Share</a>
                <form method="post" action="/logout"><button class="quiet" type="submit">Log out</button></form></div>`
            : html`<p class="shared">Shared with you to read</p>`
        }
      </div>
    </header>`;
}

function renderFigures(answer: Answer, view: View): Html {
  const all = tables(answer.report)
    .filter(({ id }) => id !== MATRIX)
    .map((table) => ({ table, charts: answer.charts.filter(({ tableId }) => tableId === table.id) }));
  const drawn = all.filter(({ charts }) => charts.length > 0);
  const rest = all.filter(({ charts }) => charts.length === 0);
  return html`
    ${renderMatrix(answer.report, view)}
    <div class="figures">${placed(drawn).map(({ table, charts, place }) => renderFigure(table, charts, { ...view, place }))}</div>
    ${renderMarks(answer)}
    <h2 class="part">Details</h2>
    ${rest.map(({ table }) => renderTableDetails(table, view))}`;
}

/** In two columns, a figure of several charts takes both, and so does one that would leave a hole beside it. */
function placed<Drawn extends { charts: readonly unknown[] }>(
  drawn: readonly Drawn[],
): (Drawn & { place: 'half' | 'alone' | 'wide' })[] {
  let isLeft = true;
  return drawn.map((figure, index) => {
    if (figure.charts.length > 1) return { ...figure, place: 'wide' };
    const next = drawn[index + 1];
    const isAlone = isLeft && (next === undefined || next.charts.length > 1);
    isLeft = isAlone || !isLeft;
    return { ...figure, place: isAlone ? 'alone' : 'half' };
  });
}

/** In words what the charts mark, for those marks too that have no room for theirs. */
function renderMarks({ charts }: Answer): Html | undefined {
  const { marks } = charts[0]?.drawing ?? { marks: [] };
  if (marks.length === 0) return undefined;
  const list = marks.map(({ date, text }) => `${text} (${shortDate(date)})`).join(', ');
  return html`<p class="definition">Marked on the charts: ${list}.</p>`;
}
