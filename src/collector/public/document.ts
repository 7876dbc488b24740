/** The site's only page: tables, charts beside it, what they mean and how they were made. */
import { escaped } from '../charts/escaped.ts';
import { formatNumber } from '../report/format.ts';
import type { Table } from '../report/table.ts';
import type { Statistics } from './statistics.ts';

/** What a reader must know to understand the numbers. */
export interface About {
  /** In one paragraph each. */
  rules: readonly string[];
  /** What made the site; names of directories are words. */
  command: string;
}

export function statisticsDocument(statistics: Statistics, { rules, command }: About): string {
  const { weeks, systems, versions } = statistics;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Wasp in numbers</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Wasp in numbers</h1>
<p>How many people use Wasp, from the reports of its command line that their users have not turned off.</p>
${section(weeks, 'weeks.svg')}
${section(systems, 'systems.svg')}
${section(versions)}
<section>
<h2>How these numbers are made</h2>
${rules.map((rule) => `<p>${escaped(rule)}</p>`).join('\n')}
<p>This site was made by: <code>${escaped(command)}</code></p>
<p>Everything in one file: <a href="statistics.json">statistics.json</a>. A badge: <a href="badge.svg">badge.svg</a>.</p>
</section>
</main>
</body>
</html>
`;
}

function section(table: Table, chart?: string): string {
  const { id, title, definition, columns, rows } = table;
  const picture = chart
    ? `<p><img src="${chart}" alt="Chart of the table below: ${escaped(title)}"></p>\n`
    : '';
  const head = columns.map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
  // The latest first: it is what is looked for.
  const shown = columns[0] === 'week' ? rows.toReversed() : rows;
  return `<section>
<h2>${escaped(title)}</h2>
<p>${escaped(definition)}</p>
${picture}<table>
<caption>${escaped(title)} (<a href="${id}.csv">CSV</a>)</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${shown.map(rowOf).join('\n')}
</tbody>
</table>
</section>`;
}

function rowOf([name, ...cells]: Table['rows'][number]): string {
  const text = (cell: unknown) => escaped(typeof cell === 'number' ? formatNumber(cell) : String(cell));
  return `<tr><th scope="row">${text(name)}</th>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`;
}

const STYLE = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1c1917; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 1rem; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: #57534e; }
th, td { padding: .25rem .5rem; border-bottom: 1px solid #e7e2dc; text-align: right; }
th:first-child { text-align: left; }
a { color: #005282; }
code { overflow-wrap: anywhere; }
`;
