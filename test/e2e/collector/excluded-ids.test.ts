import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashedId } from '../../../src/collector/ingest/distinct-id.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cli } from '../../collector/support/cli.ts';
import { startCollector } from '../../collector/support/collector-process.ts';
import { event } from '../../collector/support/events.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';

const TEAM = 'team-member';

/** A store with two users, one of them of the team, whose id no known client makes. */
function storeOfTwo(): string {
  const directory = temporaryDirectory();
  const store = openStore(directory);
  store.insert([event(), event({ distinctId: hashedId(TEAM) })]);
  store.close();
  return directory;
}

/** A file with this many other ids, and the team's. */
function excludeFile(ids: number): string {
  const path = join(temporaryDirectory(), 'team.txt');
  const others = Array.from({ length: ids }, (_, index) => `0000000${index}-8c2d-4d0e-9a55-2f6f3b1c9d10`);
  writeFileSync(path, [...others, TEAM].join('\n'));
  return path;
}

test('40,000 excluded ids reach the page’s figures, and no command line', async () => {
  const args = ['--page-listen', '127.0.0.1:0', '--exclude-file', excludeFile(40_000)];
  const directory = storeOfTwo();
  const starting = startCollector(directory, args);
  const commandLine = await until('a report is calculated', () =>
    commandLines().find((line) => line.includes('--numbers') && line.includes(directory)),
  );
  expect(commandLine).not.toMatch(/8c2d-4d0e|team-member/);
  const server = await starting;
  const url = /the page is at (http:\/\/[\d.:]+)\//.exec(server.output())?.[1];
  const token = readFileSync(join(directory, 'page-token'), 'utf8').trim();
  const body = new URLSearchParams({ token });
  const login = await fetch(`${url}/login`, { method: 'POST', body, redirect: 'manual' });
  const headers = { cookie: login.headers.get('set-cookie')?.split(';')[0] ?? '' };
  const page = await until('the figures are there', async () => {
    const answer = await fetch(url as string, { headers });
    const text = await answer.text();
    return answer.status === 202 ? undefined : text;
  });
  expect(page).toContain('1 excluded id');
  expect(server.output()).not.toContain('E2BIG');
  expect(await server.end('SIGTERM')).toBe(0);
});

test('a report takes the ids from standard input', async () => {
  const args = ['report', 'totals', '--data', storeOfTwo(), '--exclude-file', '-'];
  expect((await cli(args, `# the team\n${TEAM}\n`)).stdout).toContain('1 excluded id');
});

function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });
}
