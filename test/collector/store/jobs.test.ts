import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { databasePath } from '../../../src/collector/data-directory.ts';
import { backup } from '../../../src/collector/store/backup.ts';
import { readMeta, writeMeta } from '../../../src/collector/store/meta.ts';
import { dropRawBefore } from '../../../src/collector/store/retention.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { event } from '../support/events.ts';
import { openedStore } from '../support/opened-store.ts';

describe('retention', () => {
  const midnight = Date.UTC(2026, 0, 15);
  const noon = midnight + 12 * 3600_000;
  const old = event({ receivedAt: midnight - 1 });
  const young = event({ receivedAt: midnight });

  test('drops what is older than the day of the cutoff and in the rollups, wherever it lies', () => {
    const { database, insert, all } = openedStore();
    insert([old, young, old, old]);
    writeMeta(database, 'rollup_watermark', 3);
    expect([...dropRawBefore(database, noon)]).toEqual([2]);
    expect(all('SELECT id FROM log ORDER BY id')).toEqual([{ id: 2 }, { id: 4 }]);
    expect([readMeta(database, 'raw_from'), readMeta(database, 'rollup_generation')]).toEqual([midnight, 0]);
  });

  test('goes through all events in chunks', () => {
    const { database, insert, all } = openedStore();
    insert(Array(4500).fill(old));
    insert([young]);
    writeMeta(database, 'rollup_watermark', 4501);
    expect([...dropRawBefore(database, noon)]).toEqual([2000, 2000, 500]);
    expect(all('SELECT id FROM log')).toEqual([{ id: 4501 }]);
  });

  test('a shorter retention that is lengthened again does not pretend that old events came back', () => {
    const { database } = openedStore();
    expect([...dropRawBefore(database, noon)]).toEqual([]);
    expect([...dropRawBefore(database, noon - 24 * 3600_000)]).toEqual([]);
    expect(readMeta(database, 'raw_from')).toBe(midnight);
  });
});

describe('backup', () => {
  test('is complete and opens as a store, while the original goes on', () => {
    const { database, insert } = openedStore();
    insert([event(), event()]);
    const target = temporaryDirectory();
    backup(database, databasePath(target));
    insert([event()]);
    const copy = openedStore(target);
    expect(copy.all('SELECT id FROM log')).toEqual([{ id: 1 }, { id: 2 }]);
    copy.insert([event()]);
    expect(copy.all('SELECT max(id) AS id FROM log')).toEqual([{ id: 3 }]);
  });

  test('that fails leaves no file', () => {
    const { database } = openedStore();
    const target = join(temporaryDirectory(), 'missing', 'copy.db');
    expect(() => backup(database, target)).toThrow('no such file');
    expect([existsSync(target), existsSync(`${target}.partial`)]).toEqual([false, false]);
  });
});
