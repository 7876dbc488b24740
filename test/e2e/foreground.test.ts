/** What the foreground loads: nothing of the network, whether a report is due or not. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { path } from '../../scripts/paths.ts';
import { Home, temporaryFolder } from '../support/home.ts';
import { makeSilentWasp } from '../support/programs.ts';
import { startReceiver } from '../support/receiver.ts';
import { runWasp } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';

/** Writes down which of Node's modules are loaded, and whether got was evaluated, when the process is replaced or ends. */
const WITNESS = `
const fs = require('node:fs');
const note = process.env.WASP_TELEMETRY_JOB ? 'sender' : 'foreground';
const tell = () => fs.writeFileSync(process.env.NOTES + note, process.moduleLoadList.join('\\n'));
const { execve, kill } = process;
process.execve = (...args) => { tell(); return execve(...args); };
process.kill = (...args) => { tell(); return kill.apply(process, args); };
`;
/** What got brings. Node's own child_process brings `net`, and every Node loads some of `dns`. */
const NETWORK = /^NativeModule (https?|_http_\w+|tls|_tls_\w+|http2|dns|dns\/promises)$/gm;

test.each([
  ['due', {}],
  ['switched off', { WASP_TELEMETRY_DISABLE: '1' }],
])('with a report %s', async (_, env) => {
  const home = new Home();
  const receiver = await startReceiver();
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'witness.cjs'), WITNESS);
  const program = [process.execPath, '--require', join(folder, 'witness.cjs'), path('dist/wasp.cjs')];
  const settings = { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: makeSilentWasp(), NOTES: `${folder}/` };
  const { code } = await runWasp(['info'], { home, program, env: { ...settings, ...env } });
  await sendersGone(home);
  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'foreground'), 'utf8').match(NETWORK)).toBeNull();

  const isDue = !('WASP_TELEMETRY_DISABLE' in env);
  expect(existsSync(join(folder, 'sender'))).toBe(isDue);
  // The witness would have seen it: in the sender it does.
  if (isDue) {
    expect(readFileSync(join(folder, 'sender'), 'utf8').match(NETWORK)).toContain('NativeModule https');
    expect(receiver.requests).toHaveLength(1);
  }
});
