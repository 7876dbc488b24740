import { colourOf } from '../charts/colour.ts';
import { SPARK, sparkShapes } from '../charts/sparkline.ts';
import { formatNumber } from '../report/format.ts';
import { againstUsual, columnTitle, howOften } from '../report/morning/cells.ts';
import { type Column, isBegun, type Matrix, verdict } from '../report/morning/matrix.ts';
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
      <h2 class="sentence" id="headline">${unbroken(sentence(yesterday))}</h2>
      <div class="scroll">
        <table class="matrix" id="morning-table">
          <caption>${captionOf(matrix)}</caption>
          <thead><tr><td></td>${columns.map((column) => html`<th scope="col">${columnTitle(column)}</th>`)}</tr></thead>
          <tbody>
            ${isBegun(matrix) ? renderPeriod(matrix) : row('users', columns, ({ series }) => renderNumber(series.at(-1)))}
            ${unit !== 'day' && isBegun(yesterday) ? row('yesterday', yesterday.columns, renderYesterday) : undefined}
            ${isBegun(matrix) ? row('trend, so far', columns, (column) => renderSoFar(column, matrix)) : undefined}
          </tbody>
        </table>
      </div>
      <div class="asked">${renderControls(view)}${renderDownloads({ id: 'morning', title }, [{ id: 'morning', title }], view)}</div>
    </section>`;
}

function captionOf(matrix: Matrix): string {
  const { unit, label, like, labels } = matrix;
  if (!isBegun(matrix)) return `The ${unit} from ${labels.at(-1)}, so far`;
  return `${unit === 'day' ? `${like}, ${label}` : `The ${unit} from ${label}`}, against the four ${like}s before`;
}

/** The last complete period. */
function renderPeriod({ columns, unit }: Matrix): Html {
  return html`
    ${row('users', columns, ({ count }) => renderNumber(count))}
    ${row('how often', columns, (column) => html`<td>${howOften(column, unit)}</td>`)}
    ${row('against usual', columns, (column) => html`<td class="${verdict(column)}">${unbroken(againstUsual(column))}</td>`)}`;
}

function renderNumber(count: number | null | undefined): Html {
  return html`<td class="number">${numberOrDash(count)}</td>`;
}

function numberOrDash(count: number | null | undefined): string {
  return typeof count === 'number' ? formatNumber(count) : '–';
}

function row(title: string, columns: readonly Column[], cell: (column: Column) => Html): Html {
  return html`<tr><th scope="row">${title}</th>${columns.map(cell)}</tr>`;
}

function renderYesterday(column: Column): Html {
  const { count } = column;
  return html`<td class="${verdict(column)}">${numberOrDash(count)}
    <span class="detail">${unbroken(againstUsual(column))}</span></td>`;
}

function renderSoFar(column: Column, { unit, labels }: Matrix): Html {
  const { name, series, pace } = column;
  const { hue } = colourOf(columnTitle(column));
  const label = `${name} per ${unit} since ${labels[0]}, and so far`;
  return html`
    <td class="spark"><svg viewBox="0 0 ${SPARK.width} ${SPARK.height}" role="img" aria-label="${label}">${{
      markup: sparkShapes({ values: series, pace, hue }),
    }}</svg>${numberOrDash(series.at(-1))}
      ${pace === null ? undefined : html`<span class="detail">pace ${formatNumber(pace)}</span>`}</td>`;
}

/** A number, its sign and what it is a number of stay on one line. */
function unbroken(text: string): string {
  return text.replaceAll(' %', '\u00a0%').replace(/^[▲▼] /, (sign) => `${sign.trimEnd()}\u00a0`);
}
