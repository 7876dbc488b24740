import type { Chart } from '../report/chart.ts';
import { PERIOD_COUNTS, PERIOD_UNITS } from '../report/periods.ts';
import { preamble } from '../report/preamble.ts';
import { type Report, tables } from '../report/report.ts';
import type { Table } from '../report/table.ts';
import { type Html, html } from './html.ts';
import { ENVIRONMENT_CHOICES, type Question, writeQuestion } from './question.ts';
import { renderDocument } from './render-document.ts';
import { renderHeadline } from './render-headline.ts';
import { renderTable } from './render-table.ts';

/** The morning page: the headline, then every figure as chart, table and link to its CSV. */
export function renderPage(report: Report, question: Question): Html {
  const all = tables(report);
  const body = html`
    <a class="skip" href="#figures">Skip to the figures</a>
    <header>
      <div class="title">
        <h1>Wasp in use</h1>
        <form method="post" action="/logout"><button class="quiet">Log out</button></form>
      </div>
      ${renderForm(question)}
      <nav aria-label="Figures"><ul>
        ${all.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
      </ul></nav>
    </header>
    <main id="figures" tabindex="-1">
      <section aria-labelledby="headline">${renderHeadline(report)}</section>
      ${all.map((table) => renderFigure(table, question))}
    </main>
    <footer>${preamble(report).map((line) => html`<p>${line}</p>`)}</footer>`;
  return renderDocument('Wasp in use', body, { script: true });
}

function renderFigure(table: Table, question: Question): Html {
  const { id, title, definition, charts } = table;
  const csv = html`<a class="csv" href="/csv/${id}.csv?${writeQuestion(question)}" download
    aria-label="${title} as CSV">CSV</a>`;
  return html`
    <section class="figure" aria-labelledby="${id}">
      <div class="title"><h2 id="${id}">${title}</h2>${csv}</div>
      <p class="definition">${definition}</p>
      ${charts.length > 0 ? html`<div class="charts">${charts.map((chart) => renderChart(table, chart))}</div>` : undefined}
      ${
        charts.length > 0
          ? html`<details><summary>${title} as a table</summary>${renderTable(table)}</details>`
          : renderTable(table)
      }
    </section>`;
}

/** An empty canvas until the script draws; the table below says the same to whoever can't see it. */
function renderChart({ id, title, columns }: Table, { kind, title: detail, series }: Chart): Html {
  const name = detail === '' ? title : `${title}: ${detail.toLowerCase()}`;
  return html`
    <figure>
      ${detail === '' ? undefined : html`<figcaption>${detail}</figcaption>`}
      <div class="canvas">
        <canvas role="img" aria-label="Chart of ${name}; the same numbers are in the table that follows"
          data-table="${id}-table" data-kind="${kind}" data-columns="${series.map((name) => columns.indexOf(name)).join(' ')}"></canvas>
      </div>
    </figure>`;
}

function renderForm({ unit, count, environment, timeZone }: Question): Html {
  return html`
    <form class="question" method="get" action="/" aria-label="What to show">
      <label>Period <select name="period">${PERIOD_UNITS.map((name) => option(name, unit))}</select></label>
      <label>How many <input name="last" type="number" min="1" max="${PERIOD_COUNTS[unit].most}" value="${count}"></label>
      <label>Environment <select name="env">${ENVIRONMENT_CHOICES.map((name) => option(name, environment))}</select></label>
      <label>Time zone <input name="timezone" value="${timeZone}" autocomplete="off" spellcheck="false"></label>
      <button>Show</button>
    </form>`;
}

function option(name: string, selected: string): Html {
  return html`<option${name === selected ? html` selected` : undefined}>${name}</option>`;
}
