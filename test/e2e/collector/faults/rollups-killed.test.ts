/** What is counted equals what was acknowledged, whatever was killed between log, rollups and checkpoints. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type ReportOptions, report } from '../../../../src/collector/report/report.ts';
import type { Question } from '../../../collector/report/support/recount/calendar.ts';
import { rawEvents } from '../../../collector/report/support/recount/events.ts';
import { recount } from '../../../collector/report/support/recount/recount.ts';
import { executable, startCollector } from '../../../collector/support/collector-process.ts';
import { openedStore } from '../../../collector/support/opened-store.ts';
import { storedRows } from '../../../collector/support/stored-rows.ts';
import { TrackedLoad } from '../../../collector/support/tracked-load.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

/** Of the server and of a process that makes the rollups, each. */
const KILLS = 25;
const LANES = 16;

/** A process that makes the rollups, killed after so many milliseconds. */
async function killedRollup(dataDir: string, after: number): Promise<void> {
  const child = spawn(executable, ['rollup', '--data', dataDir], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  await pause(after);
  child.kill('SIGKILL');
  await exited;
}

test(`${2 * KILLS} kills of the server and of the rollups’ process, and every figure equals the recount`, async () => {
  const dataDir = temporaryDirectory();
  const load = new TrackedLoad();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const collector = await startCollector(dataDir);
    const running = load.run(collector.port, LANES, () => false);
    await killedRollup(dataDir, 60 + 11 * (kill % 17));
    await collector.end('SIGKILL');
    await running;
  }
  const store = openedStore(dataDir);
  load.expectStored(storedRows(store).map(({ distinct_id }) => distinct_id));
  const question: Question = {
    ...{ unit: 'day', count: 3, timeZone: 'UTC', environment: 'all' },
    ...{ now: Date.now() + 86_400_000, burstMinimum: null, exclude: [] },
  };
  const { figures } = report(store.activity(), question as ReportOptions);
  const { burstPersons: _, ...expected } = recount(rawEvents(store), question);
  expect(figures).toMatchObject(expected);
  expect(figures.totals?.find(({ environment }) => environment === 'local')?.reports).toBe(
    storedRows(store).length,
  );
});
