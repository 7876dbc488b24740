/** The pause holds whichever way the clock is turned, within one boot of Linux (docs/spec.md section 1). */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/home.ts';
import { mounted, testWithMount } from '../support/namespace.ts';
import { home, receiver, wasp } from '../support/new-home.ts';
import { DIST_WASP, environment, runWasp } from '../support/run-wasp.ts';
import { sendersGone } from '../support/senders.ts';

const runs = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const testWithFaketime = runs('faketime', '--version') ? test : test.skip;
if (testWithFaketime !== test) console.warn('NOT TESTED, because faketime is not installed: a turned clock');
const timeNamespace = runs('unshare', '--time', '--boottime', '1', 'true');

const setting = () => ({ home, env: { WASP_TELEMETRY_URL: receiver.url, WASP_BIN: wasp } });

/** Runs a command where the clock is so many hours ahead, and returns how many reports have arrived by then. */
async function reportsAfter(
  hours: number,
  command = 'info',
  before: readonly string[] = [],
): Promise<number> {
  const clock = hours === 0 ? [] : ['faketime', '-f', `${hours > 0 ? '+' : ''}${hours}h`];
  const program = [...before, ...clock, DIST_WASP];
  expect(await runWasp([command], { ...setting(), program })).toEqual({
    code: 0,
    signal: null,
    stdout: '',
    stderr: '',
  });
  await sendersGone(home);
  return receiver.requests.length;
}

testWithFaketime.each([
  ['13 hours on, five times', [13, 26, 39, 52, 65]],
  ['back, and on again', [-1, 0, -120, -96, 120, 0]],
  ['to and fro', [-13, 0, 13, -26, 26, -24, 48]],
])('when the clock is turned %s, each slot has sent one report', async (_, hours) => {
  expect([await reportsAfter(0), await reportsAfter(0, 'build')]).toEqual([1, 2]);
  for (const hour of hours) {
    expect([await reportsAfter(hour), await reportsAfter(hour, 'build')]).toEqual([2, 2]);
  }
});

testWithFaketime('the boot clock of a time namespace, which can be turned, is not believed', async () => {
  if (!timeNamespace) return console.warn('NOT TESTED, because this user may not make a time namespace');
  const turned = ['unshare', '--time', '--fork', '--boottime', '90000'];
  expect([await reportsAfter(0), await reportsAfter(13, 'info', turned)]).toEqual([1, 1]);
});

(testWithFaketime === test ? testWithMount : test.skip)(
  'where /proc is hidden since the report, the pause begins anew',
  async () => {
    const hidden = mounted('mount -t tmpfs none /proc');
    expect([await reportsAfter(0), await reportsAfter(13, 'info', hidden)]).toEqual([1, 1]);
  },
);

testWithFaketime('after another boot the clock decides', async () => {
  await reportsAfter(0);
  const [slot = ''] = readdirSync(join(home.telemetry, 'claims'));
  const claim = join(home.telemetry, 'claims', slot, '1');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  writeFileSync(claim, readFileSync(claim, 'utf8').replace(boot, '00000000-0000-4000-8000-000000000000'));
  expect([await reportsAfter(11), await reportsAfter(13), await reportsAfter(26)]).toEqual([1, 2, 2]);
});

test('while the slot is paused, neither clock nor boot is asked for', async () => {
  if (!runs('strace', '-V'))
    return console.warn('NOT TESTED, because strace is not installed: the paused path');
  await reportsAfter(0);
  const trace = join(temporaryFolder(), 'trace');
  const opened = () => {
    spawnSync('strace', ['-f', '-e', 'trace=openat', '-o', trace, DIST_WASP, 'info'], {
      cwd: home.project,
      env: environment(setting()),
    });
    return readFileSync(trace, 'utf8').match(/uptime|boot_id|timens_offsets|telemetry\/claims/g) ?? [];
  };
  expect(opened()).toEqual([]);
  home.passHours(13);
  expect(opened()).toEqual(expect.arrayContaining(['uptime', 'boot_id', 'telemetry/claims']));
  await sendersGone(home);
});
