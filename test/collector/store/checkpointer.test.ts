import { statSync } from 'node:fs';
import { databasePath } from '../../../src/collector/data-directory.ts';
import { openStore } from '../../../src/collector/store/open-store.ts';
import { cleanup } from '../../support/cleanup.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';
import { event } from '../support/events.ts';

const MIB = 2 ** 20;

test('a server’s write-ahead log is copied back without a commit, and begins anew', async () => {
  const directory = temporaryDirectory();
  const store = openStore(directory, { receiving: true });
  cleanup(() => store.close());
  const size = (suffix: string) => statSync(databasePath(directory) + suffix).size;
  const many = Array.from({ length: 20_000 }, (_, index) =>
    event({ distinctId: `${index}-`.padEnd(128, 'x'), projectHash: null }),
  );
  while (size('-wal') < 20 * MIB) store.insert(many);
  await until('it is copied', () => size('') > 15 * MIB);
  await until('commits write from its beginning', () => {
    const before = size('-wal');
    store.insert([event()]);
    return size('-wal') === before;
  });
});
