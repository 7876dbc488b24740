/** Each period is posted once to each destination, whatever runs beside and whatever fails. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoYear } from '../../../../src/collector/demo-data/year.ts';
import { openStore } from '../../../../src/collector/store/open-store.ts';
import { DEMO_NOW } from '../../../collector/support/demo-report.ts';
import { temporaryFolder } from '../../../support/home.ts';
import { digest } from './support/digest-command.ts';
import { jsonReceiver, slackReceiver } from './support/receivers.ts';

const data = temporaryFolder();
const MONDAY = ['--now', '2026-11-16T07:00Z'];

beforeAll(() => {
  const store = openStore(data);
  for (const day of demoYear({ seed: 1, scale: 0.02, until: DEMO_NOW })) store.insert(day);
  store.catchUp();
  store.close();
});

async function hook() {
  const receiver = await jsonReceiver();
  const env = { WASP_COLLECTOR_WEBHOOK_URL: receiver.url, WASP_COLLECTOR_WEBHOOK_SECRET: 'x' };
  const options = ['--to', 'webhook', '--state', temporaryFolder()];
  /** The periods of what has arrived. */
  const units = () =>
    (receiver.accepted as { periods: { unit: string }[] }[]).map(({ periods }) =>
      periods.map(({ unit }) => unit),
    );
  return { receiver, env, options, units };
}

test('of runs at the same time one posts, the others are refused', async () => {
  const { receiver, env, options } = await hook();
  const ended = await Promise.all([1, 2, 3, 4].map(() => digest(data, options, env)));
  expect(receiver.requests).toHaveLength(1);
  expect(ended.map(({ code }) => code).sort()).toEqual([0, 1, 1, 1]);
});

test('a period that was posted on its own is left out of what is posted with others', async () => {
  const { env, options, units } = await hook();
  expect((await digest(data, [...MONDAY, '--period', 'day', ...options], env)).code).toBe(0);
  expect((await digest(data, [...MONDAY, ...options], env)).code).toBe(0);
  expect((await digest(data, [...MONDAY, ...options], env)).code).toBe(1);
  expect((await digest(data, [...MONDAY, '--again', ...options], env)).code).toBe(0);
  expect(units()).toEqual([['day'], ['week'], ['day', 'week']]);
});

test('after a failure only the destination that failed is served by the next run', async () => {
  const [{ receiver, env, options }, slack] = [await hook(), await slackReceiver()];
  receiver.failures = Number.POSITIVE_INFINITY;
  const all = { ...env, WASP_COLLECTOR_SLACK_URL: slack.url };
  const both = [...options.toSpliced(1, 0, 'slack'), '--retry-for', '1'];
  expect((await digest(data, both, all)).code).toBe(1);
  receiver.failures = 0;
  const { code, stdout, stderr } = await digest(data, both, all);
  expect([code, stdout]).toEqual([1, 'posted to webhook: Wasp, 2026-11-21\n']);
  expect(stderr).toMatch(/^wasp-collector: slack: .* was posted before/);
  expect([receiver.accepted.length, slack.accepted.length]).toEqual([1, 1]);
});

test('runs for different destinations at the same time remember both', async () => {
  const [{ env, options }, slack] = [await hook(), await slackReceiver()];
  const folder = options.at(-1) as string;
  const all = { ...env, WASP_COLLECTOR_SLACK_URL: slack.url };
  await Promise.all([digest(data, options, all), digest(data, ['--to', 'slack', '--state', folder], all)]);
  expect(Object.keys(JSON.parse(readFileSync(join(folder, 'digests.json'), 'utf8'))).sort()).toEqual([
    ...['slack', 'webhook'],
  ]);
});

test.each([
  ['--link', 'no address'],
  ['--link', 'javascript:alert(1)'],
  ['--mail-to', 'nobody'],
  ['--mail-to', 'a@example.com,b@example.com'],
  ['--mail-from', 'a@example.com\nBcc: b@example.com'],
])('%s %s is refused before anything is posted', async (option, value) => {
  const { receiver, env, options } = await hook();
  const { code, stderr } = await digest(data, [...options, option, value], env);
  expect([code, receiver.requests.length]).toEqual([1, 0]);
  expect(stderr).toContain(option);
});

test('before the first report it says so, without an empty matrix', async () => {
  const empty = temporaryFolder();
  openStore(empty).close();
  const { stdout } = await digest(empty, []);
  expect(stdout).toBe('**Wasp, 2026-11-21**\nNo reports yet.\n');
});
