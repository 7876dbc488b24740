import { closeSync, cpSync, existsSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../../../src/collector/store/open-store.ts';
import { startCollector } from '../../../collector/support/collector-process.ts';
import { storedRows } from '../../../collector/support/stored-rows.ts';
import { TrackedLoad } from '../../../collector/support/tracked-load.ts';
import { cleanup } from '../../../support/cleanup.ts';
import { OWN_MOUNTS, testInNamespace } from '../../../support/namespace.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';
import { until } from '../../../support/until.ts';

/** A disk of its own, most of which a file takes away. */
const MOUNT = 'mount -t tmpfs -o size=6m none "$0" && head -c 5000000 /dev/zero > "$0/filler" && exec "$@"';

testInNamespace(
  'a full disk is answered 503, and reports are stored again as soon as there is room',
  async () => {
    const disk = temporaryDirectory();
    const dataDir = join(disk, 'data');
    const collector = await startCollector(dataDir, [], [...OWN_MOUNTS, 'sh', '-c', MOUNT, disk]);
    const load = new TrackedLoad();
    await load.run(collector.port, 8, () => (load.otherAnswers.get(503) ?? 0) >= 50);
    expect([...load.otherAnswers.keys()]).toEqual([503]);
    const before = load.acknowledged.size;
    expect(before).toBeGreaterThan(0);
    const unhealthy = await fetch(`${collector.url}/health`);
    expect([unhealthy.status, await unhealthy.json()]).toMatchObject([503, { problems: ['disk_full'] }]);
    expect(await (await fetch(`${collector.url}/metrics`)).text()).toMatch(/reason="disk_full"} [1-9]/);

    const filler = `/proc/${collector.process.pid}/root${disk}/filler`;
    expect(existsSync(filler)).toBe(true);
    rmSync(filler);
    await until('a report is stored again', async () => (await load.send(collector.port)) === 200);
    await load.run(collector.port, 8, () => load.acknowledged.size > before + 500);
    await until('it is healthy again', async () => (await fetch(`${collector.url}/health`)).status === 200);

    // Only that process sees its disk, which would go with it if nothing held it.
    const held = openSync(`/proc/${collector.process.pid}/root${dataDir}`, 'r');
    cleanup(() => closeSync(held));
    expect(await collector.end('SIGTERM')).toBe(0);
    expect(collector.output()).not.toContain('the store failed');
    const copy = temporaryDirectory();
    cpSync(`/proc/self/fd/${held}/`, copy, { recursive: true });
    const store = openStore(copy);
    load.expectStored(storedRows(store).map(({ distinct_id }) => distinct_id));
    store.close();
  },
);
