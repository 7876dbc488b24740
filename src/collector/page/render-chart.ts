import { fillOf } from '../charts/colour.ts';
import { PLOT } from '../charts/drawing.ts';
import type { DrawnChart } from './answer.ts';
import { type Html, html } from './html.ts';
import { writeQuestion } from './question.ts';
import type { View } from './view.ts';

/** A chart with its key. The script adds a pointer and reads the values from `data-values`. */
export function renderChart({ id, drawing, shapes }: DrawnChart, { base, question }: View): Html {
  const { title, series } = drawing;
  const detail = title.split(': ')[1];
  return html`
    <figure class="chart" data-values="${base}/values/${id}.json?${writeQuestion(question)}"
      data-plot="${PLOT.left} ${PLOT.right} ${PLOT.width}">
      ${detail === undefined ? undefined : html`<figcaption>${sentenceCase(detail)}</figcaption>`}
      <svg viewBox="0 0 ${PLOT.width} ${PLOT.height}" role="img" aria-label="Chart of ${title}; its numbers are in the table">${{ markup: shapes }}</svg>
      <ul class="key">${series.map(
        ({ name, colour }) =>
          html`<li><svg width="14" height="12" aria-hidden="true"><rect width="14" height="12" rx="2" fill="${fillOf(colour)}"/></svg>${name}</li>`,
      )}</ul>
    </figure>`;
}

function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
