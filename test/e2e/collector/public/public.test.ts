import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { demoYear } from '../../../../src/collector/demo-data/year.ts';
import { openStore } from '../../../../src/collector/store/open-store.ts';
import { type Interval, narrowed, type Sum } from '../../../collector/public/support/bounds.ts';
import { executable } from '../../../collector/support/collector-process.ts';
import { DEMO_NOW } from '../../../collector/support/demo-report.ts';
import { temporaryFolder } from '../../../support/home.ts';

const DAY = 24 * 3600_000;
const data = temporaryFolder();
const ids = new Set<string>();

beforeAll(() => {
  const store = openStore(data);
  // So few users that many cells are below 10.
  for (const day of demoYear({ seed: 1, scale: 0.01, until: DEMO_NOW + 9 * DAY })) {
    store.insert(day);
    for (const { distinctId } of day) ids.add(distinctId);
  }
  store.catchUp();
  store.close();
});

type Files = Record<string, string>;

async function publish(now: number): Promise<Files> {
  const folder = join(temporaryFolder(), 'site');
  const args = ['public', '--data', data, '--output', folder, '--now', new Date(now).toISOString()];
  await promisify(execFile)(executable, args);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

interface Published {
  tables: Record<'weeks' | 'systems' | 'versions', { rows: Record<string, string | number>[] }>;
}

/** What a reader knows of each cell by the rule alone, and how cells of a week add up. */
function knowledge(sites: readonly Published[]): { cells: Map<string, Interval>; sums: Sum[] } {
  const cells = new Map<string, Interval>();
  const sums: Sum[] = [];
  const learn = (name: string, cell: string | number) => {
    const [low, high] = cell === '< 10' ? [0, 9] : [Number(cell), Number(cell) + 9];
    const known = cells.get(name) ?? { low, high };
    cells.set(name, { low: Math.max(low, known.low), high: Math.min(high, known.high) });
  };
  for (const { tables } of sites) {
    const latest = tables.weeks.rows.at(-1)?.week;
    for (const { week, ...counts } of [...tables.weeks.rows, ...tables.systems.rows]) {
      for (const [name, cell] of Object.entries(counts)) learn(`${week} ${name}`, cell);
    }
    for (const { version, users } of tables.versions.rows) learn(`${latest} ${version}`, users as number);
    for (const { week } of tables.weeks.rows) {
      const of = (names: string[]) => names.map((name) => `${week} ${name}`);
      // Who uses two systems is in two cells; that this is nobody is the most that a reader could assume.
      sums.push({ total: `${week} active`, parts: of(['Linux', 'macOS', 'Windows', 'other']) });
    }
    const parts = tables.versions.rows.map(({ version }) => `${latest} ${version}`);
    sums.push({ total: `${latest} active`, parts });
  }
  return { cells, sums };
}

test('no hidden cell follows from sums and differences over all tables of two successive days, or two weeks', async () => {
  const monday = Date.UTC(2026, 10, 23, 7);
  const sites: Published[] = [];
  for (const now of [monday - DAY, monday, monday + 7 * DAY]) {
    sites.push(JSON.parse((await publish(now))['statistics.json'] as string) as Published);
  }
  const { cells, sums } = knowledge(sites);
  const hidden = [...cells].filter(([, { low }]) => low === 0).map(([name]) => name);
  expect(hidden.length).toBeGreaterThan(20);
  const after = narrowed(cells, sums);
  const tooNarrow: string[] = [];
  for (const name of hidden) {
    const { low, high } = after.get(name) as Interval;
    if (high - low < 5) tooNarrow.push(`${name}: ${low} to ${high}`);
  }
  expect(tooNarrow).toEqual([]);
});

test('a week that is published stays as it is, and between two Mondays every file does', async () => {
  const tuesday = Date.UTC(2026, 10, 17, 7);
  const [one, other] = [await publish(tuesday), await publish(tuesday + DAY)];
  expect(other).toEqual(one);
  const later = JSON.parse((await publish(tuesday + 7 * DAY))['statistics.json'] as string) as Published;
  const before = JSON.parse(one['statistics.json'] as string) as Published;
  for (const table of ['weeks', 'systems'] as const) {
    expect(later.tables[table].rows.slice(0, -1)).toEqual(before.tables[table].rows.slice(1));
  }
});

test('every count is hidden or a multiple of 10, and no id, path or address of elsewhere is in any file', async () => {
  const files = await publish(DEMO_NOW);
  expect(Object.keys(files).sort()).toEqual([
    ...['badge.svg', 'index.html', 'statistics.json', 'systems.csv', 'systems.svg'],
    ...['versions.csv', 'weeks.csv', 'weeks.svg'],
  ]);
  const { tables } = JSON.parse(files['statistics.json'] as string) as Published;
  for (const { rows } of Object.values(tables)) {
    for (const { week: _, version: __, ...counts } of rows) {
      for (const cell of Object.values(counts)) expect(cell === '< 10' || Number(cell) % 10 === 0).toBe(true);
    }
  }
  const text = Object.values(files).join('\n');
  expect([...ids].filter((id) => text.includes(id))).toEqual([]);
  expect(text).not.toContain(data);
  expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|@import|url\((?!#)/);
  expect(files['index.html']).toContain('wasp-collector public --data DIR --output FOLDER --last 12 --burst');
});

/** What it says when it refuses. */
async function refusal(folder: string): Promise<string> {
  const args = ['public', '--data', data, '--output', folder, '--now', new Date(DEMO_NOW).toISOString()];
  return promisify(execFile)(executable, args).then(
    () => 'nothing',
    ({ stderr }: { stderr: string }) => stderr,
  );
}

test('a folder is refused that has the data in it, is in them, or leads there', async () => {
  const link = join(temporaryFolder(), 'link');
  symlinkSync(data, link);
  const before = readdirSync(data);
  for (const folder of [data, join(data, 'site', 'new'), dirname(data), link, join(link, 'site')]) {
    expect(await refusal(folder)).toMatch(/data directory.*would be public/);
  }
  expect(readdirSync(data)).toEqual(before);
});

test('a file that can’t be written is said, and nothing is left over', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'index.html'));
  expect(await refusal(folder)).toContain("Can't write to");
  expect(readdirSync(folder)).toEqual(['index.html']);
  const file = join(folder, 'index.html', 'file');
  writeFileSync(file, '');
  expect(await refusal(join(file, 'site'))).toMatch(/Can't write to .*not a directory/);
});
