/** Off wins whenever it can't be ruled out (docs/spec.md section 5). */
import { join } from 'node:path';
import { CHOICE_CASES } from '../support/choice-cases.ts';
import { Home } from '../support/home.ts';
import { makeSilentWasp } from '../support/programs.ts';
import { startReceiver } from '../support/receiver.ts';
import { runWasp } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';

const wasp = makeSilentWasp();

test.each(CHOICE_CASES.map((one) => [one.what, one] as const))(
  '%s: what is sent, and what the status says',
  async (_, { make, env, sent, status }) => {
    const home = new Home();
    make?.(home.folder, join(home.config, 'telemetry.json'));
    const receiver = await startReceiver();
    const run = { home, env: { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: wasp, ...env } };

    const told = JSON.parse((await runWasp(['telemetry', '--json'], run)).stdout);
    expect(`${told.on ? 'on' : 'off'}: ${told.reason}`).toContain(status);
    const preview = JSON.parse((await runWasp(['telemetry', 'show', 'info', '--json'], run)).stdout);
    expect(preview.wouldBeSent).toBe(sent);
    expect(await runWasp(['info'], run)).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    if (sent) await receiver.received(1);
    await sendersGone(home);
    expect(receiver.requests).toHaveLength(sent ? 1 : 0);
  },
);
