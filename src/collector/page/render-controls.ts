import { PERIOD_COUNTS, PERIOD_UNITS } from '../report/periods.ts';
import { type Html, html } from './html.ts';
import { ENVIRONMENT_CHOICES } from './question.ts';
import type { View } from './view.ts';

/** One row of what can be asked. */
export function renderControls({ base, question: { unit, count, environment, timeZone } }: View): Html {
  return html`
    <form class="question" method="get" action="${base}/" aria-label="What to show">
      <label>Period <select name="period">${PERIOD_UNITS.map((name) => option(name, unit))}</select></label>
      <label>How many <input name="last" type="number" min="1" max="${PERIOD_COUNTS[unit].most}" value="${count}"></label>
      <label>Environment <select name="env">${ENVIRONMENT_CHOICES.map((name) => option(name, environment))}</select></label>
      <label>Time zone <input name="timezone" type="text" value="${timeZone}" autocomplete="off" spellcheck="false"></label>
      <button type="submit">Show</button>
    </form>`;
}

function option(name: string, selected: string): Html {
  return html`<option${name === selected ? html` selected` : undefined}>${name}</option>`;
}
