import { colourOf } from '../charts/colour.ts';
import { SPARK, sparkShapes } from '../charts/sparkline.ts';
import { againstUsual, howOften, soFar } from '../report/morning/cells.ts';
import { type Column, type Matrix, verdict } from '../report/morning/matrix.ts';
import { sentence } from '../report/morning/sentence.ts';
import type { Report } from '../report/report.ts';
import { type Html, html } from './html.ts';
import { renderControls } from './render-controls.ts';
import { renderDownloads } from './render-figure.ts';
import type { View } from './view.ts';

/** What happened since yesterday in a sentence, and the last complete period as a matrix. */
export function renderMatrix({ figures }: Report, view: View): Html {
  if (!figures.morning) return html``;
  const { matrix, yesterday } = figures.morning;
  const { unit, label, columns } = matrix;
  const title = `The ${unit} from ${label}`;
  return html`
    <section aria-labelledby="headline">
      <h2 class="sentence" id="headline">${sentence(yesterday)}</h2>
      <div class="scroll">
        <table class="matrix" id="morning-table">
          <caption>${unit === 'day' ? `${matrix.like}, ${label}` : title}, against ${likeWhat(matrix)}</caption>
          <thead><tr><td></td>${columns.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
          <tbody>
            ${row('users', columns, ({ count }) => html`<td class="number">${count === null ? '–' : count.toLocaleString('en')}</td>`)}
            ${row('how often', columns, (column) => html`<td>${howOften(column)}</td>`)}
            ${row('against usual', columns, (column) => html`<td class="${verdict(column)}">${againstUsual(column)}</td>`)}
            ${unit === 'day' ? undefined : row('yesterday', yesterday.columns, renderYesterday)}
            ${row('so far', columns, (column) => renderSoFar(column, matrix))}
          </tbody>
        </table>
      </div>
      <div class="asked">${renderControls(view)}${renderDownloads({ id: 'morning', title }, [], view)}</div>
    </section>`;
}

function row(title: string, columns: readonly Column[], cell: (column: Column) => Html): Html {
  return html`<tr><th scope="row">${title}</th>${columns.map(cell)}</tr>`;
}

function renderYesterday(column: Column): Html {
  const { count } = column;
  return html`<td class="${verdict(column)}">${count === null ? '–' : count.toLocaleString('en')}
    <span class="detail">${againstUsual(column)}</span></td>`;
}

function renderSoFar(column: Column, { unit, labels }: Matrix): Html {
  const { name, series, pace } = column;
  const { hue } = colourOf(name === 'projects' ? 'new projects' : name);
  const label = `${name} per ${unit} since ${labels[0]}, and so far`;
  return html`
    <td class="spark"><svg viewBox="0 0 ${SPARK.width} ${SPARK.height}" role="img" aria-label="${label}">${{
      markup: sparkShapes({ values: series, pace, hue }),
    }}</svg><span class="detail">${soFar(column)}</span></td>`;
}

/** `the four Mondays before`. */
function likeWhat({ like }: Matrix): string {
  return `the four ${like}s before`;
}
