/**
 * `npm run bench:report`: ten million invented events in a store under the temporary directory: size on disk, a full
 * rebuild of the rollups, each report, the page, and receiving while reports run. Takes some minutes and 3 GB of disk,
 * which are given back. `--events 1000000` for a quicker look.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';
import { databasePath } from '../src/collector/data-directory.ts';
import { FIGURE_NAMES } from '../src/collector/report/figures/index.ts';
import { report } from '../src/collector/report/report.ts';
import { aligned } from '../src/collector/report/text/columns.ts';
import { openStore } from '../src/collector/store/open-store.ts';
import { rate, SENDERS } from './bench-report/rate.ts';
import { medianOf, timed } from './bench-report/timed.ts';
import { insertInvented } from './invented-events.ts';
import { median } from './median.ts';
import { path } from './paths.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '10000000' } } });
const EVENTS = Number(values.events);

const directory = mkdtempSync(join(tmpdir(), 'wasp-bench-'));
const collector = path('dist/wasp-collector');
const results: [string, string][] = [];

await import('./build.ts');
try {
  fill();
  rollups();
  await inProcess();
  await commands();
  await served();
  aTenthMore();
} finally {
  rmSync(directory, { recursive: true, force: true });
}
print();

function fill(): void {
  const store = openStore(directory);
  note('events', String(EVENTS));
  note(
    'invented and stored',
    timed(() => insertInvented(store, EVENTS)),
  );
  store.close();
  note('size on disk without rollups', megabytes());
}

/** Rollups that were stopped for a while catch up. */
function aTenthMore(): void {
  const store = openStore(directory);
  const more = Math.round(EVENTS / 10);
  insertInvented(store, more, { seed: 2 });
  note(
    `rollups, ${more.toLocaleString('en')} events behind`,
    timed(() => store.catchUp()),
  );
  store.close();
}

function rollups(): void {
  const store = openStore(directory);
  note(
    'rollups from nothing',
    timed(() => store.catchUp()),
  );
  let longest = 0;
  let last = performance.now();
  note(
    'full rebuild of the rollups',
    timed(() =>
      store.rebuild(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }),
    ),
  );
  note('longest batch of the rebuild', `${longest.toFixed(0)} ms`);
  const { highestUser, highestProject } = store.activity();
  note('ids, projects', `${highestUser}, ${highestProject}`);
  store.close();
  note('size on disk with rollups', megabytes());
}

async function inProcess(): Promise<void> {
  const store = openStore(directory);
  const options = {
    unit: 'week',
    count: 12,
    timeZone: 'Europe/Zagreb',
    environment: 'local',
    now: Date.now(),
    exclude: [],
    burstMinimum: 20,
  } as const;
  note('loading the rollups', await medianOf(() => store.activity()));
  const activity = store.activity();
  note('all figures, calculation alone', await medianOf(() => report(activity, options)));
  note(
    'all figures, 365 days, all environments, calculation alone',
    await medianOf(() => report(activity, { ...options, unit: 'day', count: 365, environment: 'all' })),
  );
  store.close();
}

async function commands(): Promise<void> {
  const run = async (...args: string[]) => {
    await promisify(execFile)(collector, ['report', ...args, '--data', directory], {
      maxBuffer: 1e9,
    });
  };
  for (const name of FIGURE_NAMES) note(`wasp-collector report ${name}`, await medianOf(() => run(name)));
  note('wasp-collector report', await medianOf(() => run()));
  note('wasp-collector report --all', await medianOf(() => run('--all')));
  note(
    'wasp-collector report --all --period month --env all',
    await medianOf(() => run('--all', '--period', 'month', '--env', 'all')),
  );
}

async function served(): Promise<void> {
  const server = spawn(
    collector,
    [
      'serve',
      '--data',
      directory,
      '--listen',
      '127.0.0.1:0',
      '--page-listen',
      '127.0.0.1:0',
      '--address-limit',
      'off',
      '--key-limit',
      'off',
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, WASP_COLLECTOR_PAGE_TOKEN: 'bench bench bench' },
    },
  );
  const ended = once(server, 'exit');
  try {
    const urls: string[] = [];
    for await (const line of createInterface(server.stdout)) {
      const url = /http:\/\/[\d.:]+/.exec(line)?.[0];
      if (url) urls.push(url);
      if (urls.length === 2) break;
    }
    const [page, ingest] = urls as [string, string];
    await pages(page);
    await receiving(ingest);
  } finally {
    server.kill();
    await ended;
  }
}

async function pages(url: string): Promise<void> {
  const login = await fetch(`${url}/login`, {
    method: 'POST',
    body: new URLSearchParams({ token: 'bench bench bench' }),
    redirect: 'manual',
  });
  const headers = { cookie: (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
  const get = async (query: string) => {
    let answer = await fetch(`${url}/${query}`, { headers });
    // Still being calculated.
    while (answer.status === 202) answer = await fetch(`${url}/${query}`, { headers });
    const text = await answer.text();
    if (answer.status !== 200 || !text.includes('active-users-table'))
      throw new Error(`the page: ${answer.status}`);
  };
  await get('');
  note('page, usual question', await medianOf(() => get('')));
  let weeks = 20;
  note(
    'page, a question never asked before',
    await medianOf(() => {
      weeks += 1;
      return get(`?last=${weeks}`);
    }),
  );
}

async function receiving(url: string): Promise<void> {
  const alone: number[] = [];
  const during: number[] = [];
  let largestLog = 0;
  for (let round = 0; round < 3; round += 1) {
    alone.push(await rate(url));
    const reports = new AbortController();
    const running = reportUntil(reports.signal);
    during.push(await rate(url));
    reports.abort();
    await running;
    largestLog = Math.max(largestLog, statSync(`${databasePath(directory)}-wal`).size);
  }
  const [without, withReports] = [median(alone), median(during)];
  note(`receiving from ${SENDERS} keep-alive senders`, `${without.toFixed(0)} reports/s`);
  note('receiving while reports run without a pause', `${withReports.toFixed(0)} reports/s`);
  note('write-ahead log, largest', `${(largestLog / 1e6).toFixed(0)} MB`);
}

async function reportUntil(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await promisify(execFile)(collector, ['report', '--all', '--data', directory], { maxBuffer: 1e9 });
  }
}

function note(what: string, result: string): void {
  results.push([what, result]);
  console.error(`${what}: ${result}`);
}

function print(): void {
  console.log(aligned(results).join('\n'));
  console.log(`Node ${process.version}, ${execFileSync('uname', ['-srm'], { encoding: 'utf8' }).trim()}`);
}

function megabytes(): string {
  return `${(statSync(databasePath(directory)).size / 1e6).toFixed(0)} MB`;
}
