import { PNG } from 'pngjs';
import type { PageOptions } from '../../../src/collector/page/listener.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { demoReports } from '../support/demo-report.ts';
import { closePages, openPage } from '../support/page-client.ts';

let calculate: PageOptions['calculate'];

beforeAll(() => {
  calculate = demoReports(temporaryDirectory());
});
closePages();

test('every file that the page offers is there, and is what its name says', async () => {
  const { get } = await openPage({ calculate });
  const page = await (await get('/')).text();
  const links = [...page.matchAll(/href="(\/(csv|json|svg|png)\/([^"?]+)\?[^"]+)"/g)];
  expect(links.length).toBeGreaterThan(30);
  for (const [, address = '', kind = '', name = ''] of links) {
    // PNG takes a while each; a chart's and the matrix' are enough.
    if (kind === 'png' && !['projects.png', 'morning.png'].includes(name)) continue;
    const answer = await get(address.replaceAll('&amp;', '&'));
    expect([name, answer.status]).toEqual([name, 200]);
    const file = name.replace(`.${kind}`, `-per-week.${kind}`);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${file}"`);
    const content = Buffer.from(await answer.arrayBuffer());
    if (kind === 'json') expect(JSON.parse(String(content))).toHaveProperty('calculatedAt');
    if (kind === 'csv') expect(String(content).split('\n').length).toBeGreaterThan(2);
    if (kind === 'svg') expect(String(content)).toMatch(/^<svg xmlns="[^"]+"(?!.*var\().*<\/svg>$/s);
    if (kind === 'png') expect(PNG.sync.read(content).width).toBe(1120);
  }
});

test('a JSON has the numbers of `report --json` for its figure alone', async () => {
  const { get } = await openPage({ calculate });
  const json = (await (await get('/json/uptake.json')).json()) as Record<string, unknown>;
  expect(json.versions).toContainEqual(expect.objectContaining({ version: '0.21.1' }));
  expect(json).not.toHaveProperty('projects');
});

test('the values at the pointer are those of the table', async () => {
  const { get } = await openPage({ calculate });
  const values = (await (await get('/values/projects.json?last=2')).json()) as {
    labels: string[];
    isLastIncomplete: boolean;
    series: { name: string; values: number[] }[];
  };
  const csv = (await (await get('/csv/projects.csv?last=2')).text())
    .split('\n')
    .map((line) => line.split(','));
  expect(values.labels).toEqual([csv[1]?.[0], csv[2]?.[0], '2026-11-16']);
  expect(values.isLastIncomplete).toBe(true);
  expect(values.series[0]?.values.slice(0, 2).map(String)).toEqual([csv[1]?.[1], csv[2]?.[1]]);
});

test.each([
  '/csv/nothing.csv',
  '/csv/projects.json',
  '/svg/totals.svg',
  '/png/..%2fprojects.png',
  '/values/projects',
  '/values/morning.json',
  '/table/x',
  '/csv/',
])('%s is not found', async (path) => {
  expect((await (await openPage({ calculate })).get(path)).status).toBe(404);
});
