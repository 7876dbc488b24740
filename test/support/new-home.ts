/** Gives each test of the file that imports it a home and a receiver of its own, and runs `wasp` with these. */
import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { Home } from './home.ts';
import { makeSilentWasp } from './programs.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { type Ending, runWasp, type Variables } from './run-wasp.ts';

/** The home of the test that runs now. */
export let home: Home;
/** Where that home reports to. */
export let receiver: Receiver;

beforeEach(async () => {
  home = new Home();
  receiver = await startReceiver();
});

/** A Wasp that says nothing; other users may run it too. */
export const wasp = makeSilentWasp();
chmodSync(dirname(dirname(wasp)), 0o755);

/** Runs a command in the home's project, its reports going to the receiver, in front of that Wasp. */
export function run(args: string[], env: Variables = {}, program?: readonly string[]): Promise<Ending> {
  return runWasp(args, {
    home,
    env: { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: wasp, ...env },
    ...(program && { program }),
  });
}

/** What such a command has printed, which is JSON. */
export async function asJson(args: string[], env: Variables = {}, program?: readonly string[]) {
  return JSON.parse((await run(args, env, program)).stdout);
}
