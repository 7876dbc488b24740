import { Home } from '../support/home.ts';
import { type Case, type Endpoint, quickCases, stallingCases } from '../support/hostile-endpoints.ts';
import { makeSilentWasp } from '../support/programs.ts';
import { startReceiver } from '../support/receiver.ts';
import { type Ending, runWasp, type Variables } from '../support/run-wasp.ts';
import { senders, sendersGone } from '../support/senders.ts';
import { until } from '../support/until.ts';

const wasp = makeSilentWasp();
const MINUTE = 60_000;

interface Running {
  home: Home;
  endpoint: Endpoint;
  env: Variables;
  ending: Ending;
  /** The command had ended, and the endpoint still held its sender. */
  held: boolean;
}

/** A case under way: the command has ended, the sender perhaps not. */
async function start({ setUp }: Case, stalls = false): Promise<Running> {
  const home = new Home();
  const endpoint = await setUp();
  const env = { ...endpoint.env, WASP_TELEMETRY_URL: endpoint.url, WASP_BIN: wasp };
  const program = endpoint.program;
  const ending = await runWasp(['info'], { home, env, ...(program && { program }) });
  // Looked at here, because a sender does not wait for the other cases.
  const { holds } = endpoint;
  const isHeld = () => until('the endpoint holds the sender', () => holds?.() && senders(home).length > 0);
  const held = stalls ? await isHeld().catch(() => false) : false;
  return { home, endpoint, env, ending, held };
}

const all = { ...stallingCases, ...quickCases };
const running = new Map<string, Running>();

beforeAll(async () => {
  for (const [name, hostile] of Object.entries(all)) {
    running.set(name, await start(hostile, name in stallingCases));
  }
});

const runOf = (name: string) => running.get(name) as Running;

test.each(Object.keys(all))('the command ends as if nothing were, with an endpoint that %s', (name) => {
  expect(runOf(name).ending).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
});

test.each(Object.keys(stallingCases))(
  'the command has ended while an endpoint that %s still holds the sender',
  (name) => expect(runOf(name).held).toBe(true),
);

test.each(Object.entries(all))(
  'its sender is gone soon, and the slot rules hold, with an endpoint that %s',
  async (name, { outcome, left }) => {
    const { home, endpoint, env } = runOf(name);
    await sendersGone(home);
    endpoint.finally?.();
    expect(home.journal().map((attempt) => attempt.outcome)).toEqual([expect.objectContaining(outcome)]);

    const again = async () => {
      await runWasp(['info'], { home, env });
      await sendersGone(home);
      return home.journal().length;
    };
    // Not a sender per command, whatever became of the first.
    expect(await again()).toBe(1);
    const [attempt] = home.journal();
    const pauseIsOver = Date.parse(home.sharedState()._lastCheckIn ?? '') + 12 * 60 * MINUTE;
    const minutes = (pauseIsOver - Date.parse(attempt?.time ?? '')) / MINUTE;
    if (left) expect(minutes).toBe(12 * 60);
    else expect(Math.floor(minutes)).toBe(15);
  },
);

test('a slot that was given back is used again after 15 minutes, and only then', async () => {
  const { home, env } = await start(quickCases.refuses as Case);
  await sendersGone(home);
  home.passHours(14.5 / 60);
  await runWasp(['info'], { home, env });
  await sendersGone(home);
  expect(home.journal()).toHaveLength(1);
  const receiver = await startReceiver();
  home.passHours(1 / 60);
  await runWasp(['info'], { home, env: { ...env, WASP_TELEMETRY_URL: receiver.url } });
  await receiver.received(1);
});

test('a slot that was not given back stays closed for 12 hours', async () => {
  const { home, env } = await start(quickCases['answers 500'] as Case);
  await sendersGone(home);
  home.passHours(11.99);
  const receiver = await startReceiver();
  const open = { ...env, WASP_TELEMETRY_URL: receiver.url };
  await runWasp(['info'], { home, env: open });
  await sendersGone(home);
  expect(receiver.connectionCount()).toBe(0);
  home.passHours(0.02);
  await runWasp(['info'], { home, env: open });
  await receiver.received(1);
});
